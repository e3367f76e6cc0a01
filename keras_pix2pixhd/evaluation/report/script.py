"""The script of the page: enlarged images, copying, unfolding, printing."""

SCRIPT = """
"use strict";
const viewer = document.createElement("dialog");
const big = document.createElement("img");
const words = document.createElement("p");
viewer.className = "viewer";
viewer.setAttribute("aria-label", "Enlarged image");
let images = [];
let place = 0;

function show(to) {
  place = (to + images.length) % images.length;
  big.src = images[place].src;
  big.alt = images[place].alt;
  big.className = images[place].className;
  words.textContent = images[place].alt;
}

function button(text, name, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", action);
  return made;
}

const controls = document.createElement("div");
controls.append(
  button("\\u2039", "Previous image", () => show(place - 1)),
  words,
  button("\\u203a", "Next image", () => show(place + 1)),
  button("\\u00d7", "Close", () => viewer.close()),
);
viewer.append(big, controls);
document.body.append(viewer);
big.addEventListener("click", () => show(place + 1));
viewer.addEventListener("click", (event) => {
  if (event.target === viewer) viewer.close();
});
viewer.addEventListener("keydown", (event) => {
  if (event.key === "ArrowLeft") show(place - 1);
  if (event.key === "ArrowRight") show(place + 1);
});
for (const zoom of document.querySelectorAll(".zoom")) {
  zoom.addEventListener("click", () => {
    images = [...zoom.closest(".images").querySelectorAll("img")];
    show(images.indexOf(zoom.querySelector("img")));
    viewer.showModal();
  });
}

const copy = document.querySelector(".copy");
copy.hidden = false;
copy.addEventListener("click", async () => {
  const text = document.getElementById("json");
  getSelection().selectAllChildren(text);
  try {
    await navigator.clipboard.writeText(text.textContent);
  } catch {
    document.execCommand("copy");
  }
  copy.textContent = "Copied";
});

function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  const details = target && target.closest("details");
  if (!details || details.open) return;
  details.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
"""
