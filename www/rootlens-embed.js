// <root-lens example="NAME" | link="#v1.…" | src="FILES">: a figure that runs once it is clicked. docs/embed.md describes it.
{
  const page = document.currentScript.src;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host(:not([hidden])) { display: block; position: relative }
    iframe { display: block; width: 100%; border: 0; border-radius: 10px; box-shadow: 0 0 0 1px #8886 }
    button { display: block; margin: 12px auto 0; padding: 8px 16px; border: 1px solid; border-radius: 6px;
      background: none; color: inherit; font: inherit; cursor: pointer }
    button::before { content: ""; position: absolute; inset: 0 }`);

  class RootLens extends HTMLElement {
    #gone;
    #root = this.attachShadow({ mode: "open" });

    connectedCallback() {
      const button = document.createElement("button");
      this.#root.adoptedStyleSheets = [sheet];
      button.part = "button";
      button.textContent = this.getAttribute("label") ?? "Explore in rootlens";
      button.onclick = () => this.#start();
      this.#root.replaceChildren(document.createElement("slot"), button);
    }

    disconnectedCallback() {
      this.#gone?.abort();
    }

    #start() {
      const { signal } = (this.#gone = new AbortController());
      const [example, link, src, at] = ["example", "link", "src", "at"].map((name) => this.getAttribute(name));
      const files = src && Promise.all(src.trim().split(/\s+/).map(read));
      const frame = document.createElement("iframe");
      const say = (type, more) => frame.contentWindow?.postMessage({ type: `rootlens:${type}`, version: 1, ...more }, "*");
      let theme = this.#theme();

      // Only its own frame is heard, and a frame never takes a whole document for itself.
      addEventListener("message", ({ source, data }) => {
        if (source !== frame.contentWindow || data?.version !== 1) return;
        if (data.type === "rootlens:ready") {
          files?.then((files) => say("load", { files, at }));
          // The button that had the focus is gone.
          if (document.activeElement === document.body) frame.focus();
        }
        if (data.height > 0) frame.height = Math.min(Math.max(data.height, 160), 2e4);
      }, { signal });
      files?.catch((error) => frame.replaceWith(`rootlens: ${error.message}`));

      const watch = new MutationObserver(() => theme !== (theme = this.#theme()) && say("theme", { theme }));
      [document.documentElement, document.body, this].map((it) => watch.observe(it, { attributes: true }));
      signal.onabort = () => watch.disconnect();

      const what = link?.split(/#|%23/).pop() ?? (example ? `example=${example}` : "");
      Object.assign(frame, {
        sandbox: "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads",
        allow: "clipboard-write",
        loading: "lazy",
        title: this.title || "rootlens",
        height: this.offsetHeight,
        src: new URL(`rootlens.html?embed=1&theme=${theme}#${what}`, page),
      });
      this.#root.replaceChildren(frame);
    }

    // What the page around it says: light, dark, or nothing.
    #theme() {
      const scheme = this.getAttribute("theme") ?? getComputedStyle(this).colorScheme;
      return /^(only )?(light|dark)$/.exec(scheme)?.[2] ?? "system";
    }
  }

  async function read(address) {
    const response = await fetch(address, { mode: "same-origin" });
    if (!response.ok) throw Error(`${address}: ${response.status}`);
    return { name: new URL(response.url).pathname.split("/").pop(), bytes: await response.arrayBuffer() };
  }

  customElements.get("root-lens") ?? customElements.define("root-lens", RootLens);
}
