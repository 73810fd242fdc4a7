import { element, every, getJson, showItems } from "./element.js";
import { isPhone, openPhone, refreshPhone, renderConversation } from "./phone.js";

const base = document.body.dataset.base;
const byId = (id) => document.getElementById(id);
const tabs = [...document.querySelectorAll("[role=tab]")];
let openId = null;

const clockTime = (iso) => new Date(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });

function renderMail(mail, before) {
  const item = before ?? element("li");
  const button = before?.firstElementChild ?? element("button", { type: "button", className: "mail" });
  button.onclick = () => void (location.hash = mail.id);
  button.replaceChildren(
    element("strong", {}, mail.subject),
    element("span", {}, element("span", {}, mail.to.join(", ")), element("span", {}, mail.state)),
    element("span", {}, clockTime(mail.acceptedAt)),
  );
  if (before === undefined) item.append(button);
  return item;
}

function markCurrent() {
  for (const item of byId("mails").children) {
    item.firstElementChild.setAttribute("aria-current", String(item.dataset.key === openId));
  }
}

const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

async function refresh() {
  const [{ total, mails }, { conversations }] = await Promise.all([
    getJson(`${base}/api/mails`),
    getJson(`${base}/api/texts`),
  ]);
  const items = [
    ...mails.map((mail) => ({ ...mail, key: mail.id, at: mail.acceptedAt })),
    ...conversations.map((conversation) => ({ ...conversation, at: conversation.lastAt })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const render = (item, before) => (item.channel ? renderConversation(item, before) : renderMail(item, before));
  showItems(byId("mails"), items, { key: (item) => item.key, render });
  markCurrent();
  byId("no-mails").hidden = items.length > 0;
  if (isPhone(openId)) await refreshPhone(openId);
  const people = counted(conversations.length, "text conversation");
  const count = `${counted(total, "mail")}, ${people}`;
  if (byId("mail-count").textContent !== count) byId("mail-count").textContent = count;
  const open = mails.find((mail) => mail.id === openId);
  if (open && byId("mail-state").textContent !== open.state) byId("mail-state").textContent = open.state;
}

function showHeaders(mail) {
  const rows = {
    "Message-ID": mail.messageId,
    "Reply-To": mail.replyTo.join(", ") || "none",
    Cc: mail.cc.join(", ") || "none",
    "Idempotency key": mail.idempotencyKey ?? "none",
    Tags: mail.tags.map((tag) => `${tag.name}=${tag.value}`).join(", ") || "none",
    ...mail.headers,
  };
  const entries = Object.entries(rows).flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)]);
  byId("mail-headers").replaceChildren(...entries);
}

async function openMail(id) {
  openId = id;
  byId("mailbox").classList.toggle("reading", id !== null);
  byId("reader").hidden = id === null || isPhone(id);
  byId("phone").hidden = id === null || !isPhone(id);
  byId("mail-hint").hidden = id !== null;
  markCurrent();
  if (id === null) return;
  if (isPhone(id)) return openPhone(id);
  const mail = await getJson(`${base}/api/mails/${encodeURIComponent(id)}`);
  if (openId !== id) return;
  byId("mail-subject").textContent = mail.subject;
  byId("mail-from").textContent = mail.from;
  byId("mail-to").textContent = mail.to.join(", ");
  byId("mail-at").textContent = clockTime(mail.acceptedAt);
  byId("mail-state").textContent = mail.state;
  byId("mail-text").textContent = mail.text ?? "This mail has no text part.";
  byId("mail-frame").src = `${base}/mails/${encodeURIComponent(id)}/body`;
  showHeaders(mail);
  byId("mail-subject").focus({ preventScroll: true });
}

function selectTab(tab) {
  for (const other of tabs) {
    const selected = other === tab;
    other.setAttribute("aria-selected", String(selected));
    other.tabIndex = selected ? 0 : -1;
    byId(other.getAttribute("aria-controls")).hidden = !selected;
  }
}

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener("click", () => selectTab(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = tabs.at((index + step) % tabs.length);
    selectTab(next);
    next.focus();
  });
}

byId("back").addEventListener("click", () => void (location.hash = ""));
byId("phone-back").addEventListener("click", () => void (location.hash = ""));
const follow = () => openMail(decodeURIComponent(location.hash.slice(1)) || null).catch(() => openMail(null));
addEventListener("hashchange", follow);
void follow();
every(2000, refresh);
