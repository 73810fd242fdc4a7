// Stands in for https://cdn.shopify.com/shopifycloud/app-bridge.js inside the sandbox: the same globals, elements and
// messages that the app relies on. The framed admin page (admin-frame.js) shows what is sent to it.
(() => {
  const tag = document.currentScript;
  const query = new URLSearchParams(location.search);
  const kept = (name) => {
    const value = query.get(name);
    if (value) sessionStorage.setItem(`sandbox-${name}`, value);
    return value ?? sessionStorage.getItem(`sandbox-${name}`) ?? "";
  };
  const [shop, host] = [kept("shop"), kept("host")];
  const calls = [];
  const plainFetch = window.fetch.bind(window);

  const tell = (type, detail = {}) => {
    calls.push({ type, ...detail });
    if (window.parent !== window) window.parent.postMessage({ source: "sandbox-app", type, ...detail }, "*");
  };

  async function idToken() {
    const answer = await plainFetch(`/__sandbox/id-token?shop=${encodeURIComponent(shop)}`);
    if (!answer.ok) throw new Error("the sandbox gave no id token");
    return (await answer.json()).token;
  }

  // A bounce page (?shopify-reload=…) wants to be left with a fresh token.
  const reload = query.get("shopify-reload");
  if (reload) {
    idToken().then((token) => {
      const target = new URL(reload, location.href);
      target.searchParams.set("id_token", token);
      location.replace(target);
    });
  }

  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin !== location.origin || request.headers.has("authorization"))
      return plainFetch(request);
    const send = async () => {
      const copy = request.clone();
      copy.headers.set("authorization", `Bearer ${await idToken()}`);
      copy.headers.set("x-requested-with", "XMLHttpRequest");
      return plainFetch(copy);
    };
    let answer = await send();
    if (answer.status === 401 && answer.headers.has("x-shopify-retry-invalid-session-request")) answer = await send();
    const elsewhere = answer.headers.get("x-shopify-api-request-failure-reauthorize-url");
    if (elsewhere) window.open(new URL(elsewhere, location.href), "_top");
    return answer;
  };

  const text = (node) => node.textContent.trim();
  const buttonsOf = (element) =>
    [...element.querySelectorAll("button, a, s-button")].map((button, index) => ({
      index,
      label: button.getAttribute("label") || text(button),
      variant: button.getAttribute("variant") || button.getAttribute("slot") || "",
      disabled: button.hasAttribute("disabled"),
    }));
  const press = (element, index) => element?.querySelectorAll("button, a, s-button")[index]?.click();

  /** A hidden element that reports itself whenever it or its children change. */
  class Reporter extends HTMLElement {
    connectedCallback() {
      this.style.display = "none";
      this.observer = new MutationObserver(() => this.report());
      this.observer.observe(this, { subtree: true, childList: true, attributes: true, characterData: true });
      this.report();
    }
    disconnectedCallback() {
      this.observer.disconnect();
      this.gone?.();
    }
    report() {}
  }

  let navElement;
  class NavMenu extends Reporter {
    report() {
      navElement = this;
      const links = [...this.querySelectorAll("a, s-link")].map((link) => ({
        label: text(link),
        href: link.getAttribute("href"),
        home: link.getAttribute("rel") === "home",
      }));
      tell("nav", { links: links.filter((link) => !link.home) });
    }
  }

  let titleElement;
  class TitleBar extends Reporter {
    report() {
      if (this.closest("ui-modal, s-modal")) return;
      titleElement = this;
      tell("title", { title: this.getAttribute("title") || document.title, buttons: buttonsOf(this) });
    }
    gone() {
      if (titleElement === this) tell("title", { title: "", buttons: [] });
    }
  }

  let savePress = () => undefined;
  const showSaveBar = (id, onPress, buttons) => {
    savePress = onPress;
    tell("save-bar", { open: true, id, buttons });
  };
  const hideSaveBar = (id) => tell("save-bar", { open: false, id });

  class SaveBar extends Reporter {
    report() {
      if (this.showing) this.show();
    }
    show() {
      const fresh = !this.showing;
      this.showing = true;
      showSaveBar(
        this.id,
        (primary) => press(this, primary ? this.primaryIndex() : this.otherIndex()),
        buttonsOf(this),
      );
      if (fresh) this.dispatchEvent(new Event("show"));
    }
    hide() {
      if (!this.showing) return;
      this.showing = false;
      hideSaveBar(this.id);
      this.dispatchEvent(new Event("hide"));
    }
    primaryIndex() {
      return buttonsOf(this).find((button) => button.variant === "primary")?.index ?? 0;
    }
    otherIndex() {
      return buttonsOf(this).find((button) => button.variant !== "primary")?.index ?? 1;
    }
    gone() {
      this.hide();
    }
  }

  /** Opens over the app itself; title and buttons come from the ui-title-bar inside. */
  class Modal extends HTMLElement {
    constructor() {
      super();
      this.content = document.createElement("div");
    }
    connectedCallback() {
      this.style.display = "none";
    }
    show() {
      if (this.dialog) return;
      const bar = this.querySelector("ui-title-bar");
      this.dialog = Object.assign(document.createElement("dialog"), { className: "sandbox-modal" });
      const heading = Object.assign(document.createElement("h2"), {
        textContent: bar?.getAttribute("title") ?? this.getAttribute("heading") ?? "",
      });
      const actions = document.createElement("p");
      for (const { label, index } of bar ? buttonsOf(bar) : []) {
        const button = Object.assign(document.createElement("button"), { textContent: label });
        button.onclick = () => press(bar, index);
        actions.append(button);
      }
      if (!this.content.hasChildNodes())
        for (const child of this.querySelectorAll(":scope > :not(ui-title-bar)")) this.content.append(child);
      this.dialog.append(heading, this.content, actions);
      this.dialog.addEventListener("close", () => this.hide());
      document.body.append(this.dialog);
      this.dialog.showModal();
      this.dispatchEvent(new Event("show"));
    }
    hide() {
      const { dialog } = this;
      if (!dialog) return;
      this.dialog = undefined;
      dialog.remove();
      this.dispatchEvent(new Event("hide"));
    }
    disconnectedCallback() {
      this.hide();
    }
    get showOverlay() {
      return this.show;
    }
    get hideOverlay() {
      return this.hide;
    }
  }

  const define = (name, base) => customElements.get(name) ?? customElements.define(name, class extends base {});
  define("ui-nav-menu", NavMenu);
  define("s-app-nav", NavMenu);
  define("ui-title-bar", TitleBar);
  define("ui-save-bar", SaveBar);
  define("ui-modal", Modal);
  define("s-modal", Modal);

  // <form data-save-bar>: the bar opens on the first change, Save submits, Discard resets.
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-save-bar]");
    if (!form) return;
    const buttons = [
      { label: "Save", variant: "primary" },
      { label: "Discard", variant: "" },
    ];
    showSaveBar("form", (primary) => (primary ? form.requestSubmit() : form.reset()), buttons);
  });
  for (const type of ["submit", "reset"]) {
    document.addEventListener(type, (event) => event.target.matches?.("form[data-save-bar]") && hideSaveBar("form"));
  }

  const byId = (id) => document.getElementById(id);
  const none = async () => undefined;
  window.shopify = {
    config: { apiKey: tag?.dataset.apiKey ?? "", shop, host, locale: query.get("locale") ?? "en" },
    environment: { embedded: window.parent !== window, mobile: false, pos: false },
    origin: "sandbox",
    ready: Promise.resolve(),
    calls,
    idToken,
    toast: {
      show: (message, options) => (
        tell("toast", { message, error: Boolean(options?.isError) }),
        `toast-${calls.length}`
      ),
      hide: () => undefined,
    },
    loading: (on) => tell("loading", { on: on !== false }),
    saveBar: {
      show: async (id) => byId(id)?.show(),
      hide: async (id) => byId(id)?.hide(),
      leaveConfirmation: async () => !document.querySelector("ui-save-bar")?.showing,
    },
    modal: { show: async (id) => byId(id)?.show(), hide: async (id) => byId(id)?.hide(), toggle: none },
    resourcePicker: async () => undefined,
    user: async () => ({ accountAccess: "full" }),
    scopes: {
      query: async () => (await plainFetch(`/__sandbox/scopes?shop=${encodeURIComponent(shop)}`)).json(),
      request: async (optional) => (tell("scopes", { optional }), { result: "declined-all", detail: { granted: [] } }),
      revoke: async () => ({ detail: { granted: [] } }),
    },
    reviews: { request: async () => ({ success: false, code: "cooldown-period", message: "Not in the sandbox" }) },
    webVitals: { onReport: none },
    app: {
      extensions: async () => (await plainFetch(`/__sandbox/extensions?shop=${encodeURIComponent(shop)}`)).json(),
    },
  };

  const here = () => tell("location", { path: location.pathname + location.search });
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name].bind(history);
    history[name] = (...args) => {
      original(...args);
      here();
    };
  }
  addEventListener("popstate", here);
  document.addEventListener("DOMContentLoaded", here);

  addEventListener("message", ({ data }) => {
    if (data?.source !== "sandbox-admin") return;
    if (data.type === "save-bar") savePress(data.primary);
    if (data.type === "title-button") press(titleElement, data.index);
    if (data.type === "navigate") {
      const link = [...(navElement?.querySelectorAll("a, s-link") ?? [])].find(
        (one) => one.getAttribute("href") === data.href,
      );
      const target = link ?? Object.assign(document.createElement("a"), { href: data.href });
      if (!link) document.body.append(target);
      target.dispatchEvent(new Event("shopify:navigate", { bubbles: true }));
      if (!link) target.remove();
    }
  });
})();
