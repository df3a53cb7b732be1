// News goes away after the time its bar shows, but never from under a pointer
// or the focus, and not where it has a place in the page of its own: what stands
// below it would jump.
const life = 15_000;

class Toast extends HTMLElement {
  connectedCallback(): void {
    this.#wait();
  }

  #wait(): void {
    window.setTimeout(() => {
      const floats = this.parentElement !== null && getComputedStyle(this.parentElement).position === "fixed";
      if (!floats || this.matches(":hover, :focus-within")) this.#wait();
      else this.remove();
    }, life);
  }
}

customElements.define("heed-toast", Toast);
