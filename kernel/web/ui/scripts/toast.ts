// News goes away after the time its bar shows, but never from under a pointer
// or the focus.
const life = 15_000;

class Toast extends HTMLElement {
  connectedCallback(): void {
    this.#wait();
  }

  #wait(): void {
    window.setTimeout(() => {
      if (this.matches(":hover, :focus-within")) this.#wait();
      else this.remove();
    }, life);
  }
}

customElements.define("heed-toast", Toast);
