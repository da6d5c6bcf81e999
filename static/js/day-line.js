// On a narrow screen the line of the day is wider than its box: begin where now is.
export default function dayLine(box) {
  const now = box.querySelector(".dayline__now");
  box.scrollLeft += now.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth / 3;
}
