import { element, getJson, showItems } from "./element.js";

const base = document.body.dataset.base;
const byId = (id) => document.getElementById(id);
const clockTime = (iso) => new Date(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });
const bare = (address) => address.replace("whatsapp:", "");
const addressOf = (key) => `${base}/api/texts/${encodeURIComponent(key)}`;
let open = null;

/** Keys of conversations hold both ends; ids of mails do not. */
export const isPhone = (id) => id?.includes("~") ?? false;

export function renderConversation(conversation, before) {
  const item = before ?? element("li");
  const button = before?.firstElementChild ?? element("button", { type: "button", className: "mail" });
  button.onclick = () => void (location.hash = encodeURIComponent(conversation.key));
  button.replaceChildren(
    element(
      "strong",
      {},
      element("span", { className: "badge" }, conversation.channel),
      ` ${bare(conversation.person)}`,
    ),
    element("span", {}, element("span", {}, conversation.lastBody), element("span", {}, conversation.state)),
    element("span", {}, clockTime(conversation.lastAt)),
  );
  if (before === undefined) item.append(button);
  return item;
}

function renderBubble(text) {
  const parts = text.segments === 1 ? "1 part" : `${text.segments} parts`;
  return element(
    "li",
    { className: text.mine ? "mine" : "" },
    element("p", {}, text.body),
    element("small", {}, `${clockTime(text.at)} · ${text.state} · ${parts}`),
  );
}

export async function refreshPhone(key) {
  const conversation = await getJson(addressOf(key));
  if (open !== key) return;
  byId("phone-title").textContent = bare(conversation.person);
  byId("phone-sender").textContent = `${conversation.channel} with ${bare(conversation.sender)}`;
  byId("answer").hidden = !conversation.answerable;
  showItems(byId("bubbles"), conversation.texts, { key: (text) => text.sid, render: renderBubble });
}

export async function openPhone(key) {
  open = key;
  byId("answer-status").textContent = "";
  await refreshPhone(key);
  byId("phone-title").focus({ preventScroll: true });
}

async function answer(body) {
  const sent = await fetch(addressOf(open), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ body }),
  });
  byId("answer-status").textContent = (await sent.json()).message;
  if (sent.ok) byId("answer-body").value = "";
  await refreshPhone(open);
}

byId("answer").addEventListener("submit", (event) => {
  event.preventDefault();
  void answer(byId("answer-body").value);
});
for (const button of document.querySelectorAll("[data-answer]")) {
  button.addEventListener("click", () => void answer(button.dataset.answer));
}
