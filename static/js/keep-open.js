// A <details> that stays as it was when the part of the page that it stands in is asked for again.
const open = new Map();

export default function keepOpen(details) {
  if (open.has(details.id)) details.open = open.get(details.id);
  details.addEventListener("toggle", () => { if (details.isConnected) open.set(details.id, details.open); });
}
