// A revealed value is hidden by the stylesheet after two minutes; here it is
// also taken out of the page, so that it cannot be copied from an old tab.
const life = 120_000;

for (const value of document.querySelectorAll("[data-fades]")) {
  window.setTimeout(() => {
    value.textContent = "•• •• ••••";
  }, life);
}
