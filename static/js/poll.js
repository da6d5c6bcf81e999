// Has htmx ask for an element again every so many seconds, but not while nobody looks at the page.
export default function poll(element) {
  const timer = setInterval(() => {
    if (!element.isConnected) clearInterval(timer);
    else if (!document.hidden) window.htmx.trigger(element, "poll");
  }, 1000 * element.dataset.seconds);
}
