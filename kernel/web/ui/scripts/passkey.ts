// Signs in with a passkey, or adds one. The exchange is JSON both ways, as
// described at Passkeys in directory/view; browsers turn it into the binary
// forms of WebAuthn (Level 3, parse...FromJSON and toJSON).
interface Answer {
  publicKey: PublicKeyCredentialRequestOptionsJSON & PublicKeyCredentialCreationOptionsJSON;
  location: string;
}

class Passkey extends HTMLElement {
  connectedCallback(): void {
    const known = typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
    if (!known) return;
    this.hidden = false;
    this.querySelector("button")?.addEventListener("click", () => {
      this.#run().catch((error: unknown) => this.#say(error));
    });
  }

  async #run(): Promise<void> {
    this.#tell("");
    const begun = await this.#post(this.dataset["begin"], new URLSearchParams({ back: this.dataset["back"] ?? "" }));
    const credential =
      this.dataset["do"] === "create"
        ? await navigator.credentials.create({
            publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(begun.publicKey),
          })
        : await navigator.credentials.get({
            publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(begun.publicKey),
          });
    if (!(credential instanceof PublicKeyCredential)) return;
    const done = await this.#post(this.dataset["finish"], JSON.stringify(credential.toJSON()), "application/json");
    location.assign(done.location);
  }

  async #post(address: string | undefined, body: BodyInit, type?: string): Promise<Answer> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (type) headers["Content-Type"] = type;
    const answer = await fetch(address ?? "", { method: "POST", body, headers });
    const json = (await answer.json()) as Answer & { detail?: string };
    if (!answer.ok) throw new Error(json.detail ?? "");
    return json;
  }

  #say(error: unknown): void {
    // The reader pressed Cancel, or the browser gave up waiting: nothing to report.
    if (error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError")) return;
    const said = error instanceof Error && !(error instanceof TypeError) ? error.message : "";
    this.#tell(said || (this.dataset["failed"] ?? ""));
  }

  #tell(text: string): void {
    const line = this.querySelector("p");
    if (!line) return;
    line.textContent = text;
    line.hidden = text === "";
  }
}

customElements.define("heed-passkey", Passkey);
