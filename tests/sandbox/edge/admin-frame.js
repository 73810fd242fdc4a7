// The framed admin page of the sandbox: shows what the app tells App Bridge, and keeps the address in step.
(() => {
  const frame = document.querySelector("iframe");
  const base = document.body.dataset.base;
  const find = (name) => document.querySelector(`[data-slot="${name}"]`);
  const say = (type, detail) => frame.contentWindow.postMessage({ source: "sandbox-admin", type, ...detail }, "*");
  const HANDED_OVER = ["shop", "host", "embedded", "id_token", "session", "timestamp", "hmac", "locale"];
  let path = "/";

  function showLocation(data) {
    const url = new URL(data.path, location.origin);
    for (const name of HANDED_OVER) url.searchParams.delete(name);
    path = url.pathname;
    history.replaceState(null, "", base + url.pathname + url.search);
    markCurrent();
    document.body.classList.remove("menu-open");
  }

  function markCurrent() {
    for (const link of find("nav").querySelectorAll("a")) {
      const current = path === link.dataset.href || path.startsWith(`${link.dataset.href}/`);
      if (current) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  function showNav({ links }) {
    find("nav").replaceChildren(
      ...links.map(({ label, href }) => {
        const link = Object.assign(document.createElement("a"), { textContent: label, href: base + href });
        link.dataset.href = new URL(href, location.origin).pathname;
        link.onclick = (event) => {
          event.preventDefault();
          say("navigate", { href });
        };
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
    markCurrent();
  }

  function showTitle({ title, buttons }) {
    find("title").textContent = title;
    find("title-buttons").replaceChildren(
      ...buttons.map(({ label, variant, index }) => {
        const button = Object.assign(document.createElement("button"), { textContent: label, type: "button" });
        button.className = variant === "primary" ? "primary" : "";
        button.onclick = () => say("title-button", { index });
        return button;
      }),
    );
  }

  function showSaveBar({ open, buttons = [] }) {
    document.body.classList.toggle("saving", open);
    const label = (primary) => buttons.find((button) => (button.variant === "primary") === primary);
    for (const [slot, primary] of [
      ["save", true],
      ["discard", false],
    ]) {
      const button = find(slot);
      button.textContent = label(primary)?.label || (primary ? "Save" : "Discard");
      button.disabled = Boolean(label(primary)?.disabled);
      button.onclick = () => say("save-bar", { primary });
    }
  }

  let toastTimer;
  function showToast({ message, error }) {
    const toast = find("toast");
    toast.textContent = message;
    toast.className = error ? "toast error" : "toast";
    toast.hidden = false;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => (toast.hidden = true), 5000);
  }

  const handlers = {
    location: showLocation,
    nav: showNav,
    title: showTitle,
    "save-bar": showSaveBar,
    toast: showToast,
    loading: ({ on }) => document.body.classList.toggle("loading", on),
  };
  addEventListener("message", ({ data, source }) => {
    if (source === frame.contentWindow && data?.source === "sandbox-app") handlers[data.type]?.(data);
  });
  find("menu").onclick = () => document.body.classList.toggle("menu-open");
})();
