"use strict";
const TEXTS = {
  zh: { workshop: "风险评估会", code: "会议码", name: "姓名", enter: "进入", send: "提交",
    wait: "请等待主持人选择风险点。", sent: "已提交，可修改后再次提交。", closed: "会议已结束。",
    progress: "已定 {settled} / {total}，在场 {present} 人", given: "已有 {given} 人提交",
    spread: "各人意见：", agreed: "意见一致", split: "意见不一", settled: "主持人定为：",
    wrong: "会议码不正确。", busy: "请求过于频繁，请稍后再试。", offline: "连接已断开，正在重试……",
    again: "请重新进入。", other: "English",
    levels: { red: "重大（红）", orange: "较大（橙）", yellow: "一般（黄）", blue: "低（蓝）" } },
  en: { workshop: "Risk workshop", code: "Session code", name: "Your name", enter: "Enter", send: "Send",
    wait: "Please wait for the facilitator to choose a risk.", sent: "Sent. You may change it and send again.",
    closed: "The workshop is closed.", progress: "{settled} of {total} settled, {present} present",
    given: "{given} have sent", spread: "Opinions: ", agreed: "all agree", split: "opinions differ",
    settled: "Settled by the facilitator: ", wrong: "The session code is wrong.",
    busy: "Too many requests, please try again later.", offline: "Connection lost, trying again…",
    again: "Please enter again.", other: "中文",
    levels: { red: "major (red)", orange: "considerable (orange)", yellow: "moderate (yellow)", blue: "low (blue)" } },
};
const $ = (id) => document.getElementById(id);
let language = (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";
let token = sessionStorage.getItem("token") || "";
let view = null;
let shown = "";

const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [k, v]) => text.replace(`{${k}}`, v), TEXTS[language][key]);

function translatePage() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.querySelectorAll("[data-text]").forEach((e) => { e.textContent = say(e.dataset.text); });
  $("language").textContent = say("other");
  shown = "";
  show();
}

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function level(name, text) {
  const mark = element("span", text, "mark");
  mark.classList.add(name);
  return mark;
}

function showFactors(risk) {
  const key = `${risk.code}/${language}`;
  if (shown === key) return;
  shown = key;
  const sets = view.factors.map((factor) => {
    const set = element("fieldset");
    set.append(element("legend", language === "zh" ? `${factor.zh}（${factor.symbol}）` : `${factor.en} (${factor.symbol})`));
    factor.values.forEach((entry) => {
      const label = element("label");
      const input = element("input");
      input.type = "radio";
      input.name = factor.field;
      input.value = String(entry.value);
      input.required = true;
      input.checked = Boolean(risk.mine) && risk.mine[factor.field] === entry.value;
      label.append(input, element("span", String(entry.value), "value"), element("span", entry[language]));
      set.append(label);
    });
    return set;
  });
  $("factors").replaceChildren(...sets);
}

function show() {
  $("join").hidden = Boolean(token);
  $("room").hidden = !token || !view;
  if (!token || !view) return;
  const risk = view.risk;
  $("title").textContent = view.title || say("workshop");
  $("progress").textContent = `${view.name} · ${say("progress", view)}`;
  $("risk").hidden = !risk;
  $("wait").hidden = Boolean(risk) || view.closed;
  if (view.closed) $("message").textContent = say("closed");
  if (!risk) return;
  showFactors(risk);
  $("risk-name").textContent = `${risk.number}. ${risk.name}`;
  $("risk-place").textContent = [risk.category, risk.address].filter(Boolean).join(" · ");
  $("risk-description").textContent = risk.description;
  $("give").hidden = Boolean(risk.settled) || view.closed;
  $("mine").textContent = (risk.mine ? say("sent") + " " : "") + say("given", risk);
  const spread = $("spread");
  spread.replaceChildren();
  if (risk.spread) {
    spread.append(say("spread") + say(risk.spread.consensus ? "agreed" : "split") + " ");
    Object.entries(risk.spread.levels).forEach(([name, count]) =>
      spread.append(level(name, `${TEXTS[language].levels[name]} × ${count}`)));
  }
  const settled = $("settled");
  settled.replaceChildren();
  if (risk.settled) {
    settled.append(say("settled"), level(risk.settled.level,
      `${TEXTS[language].levels[risk.settled.level]} · ${risk.settled.score}`));
  }
}

async function ask(path, body) {
  const options = { headers: {}, cache: "no-store" };
  if (token) options.headers.Authorization = `Bearer ${token}`;
  if (body) {
    options.method = "POST";
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  const table = await answer.json();
  if (answer.ok) return table;
  if (answer.status === 401) {
    token = "";
    sessionStorage.removeItem("token");
    show();
    throw new Error(say("again"));
  }
  throw new Error(answer.status === 403 ? say("wrong") : answer.status === 429 ? say("busy") : table.error);
}

async function attempt(action) {
  try {
    $("message").textContent = "";
    await action();
  } catch (error) {
    $("message").textContent = error instanceof TypeError ? say("offline") : error.message;
  }
  show();
}

$("join").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    token = (await ask("/api/join", { code: $("code").value, name: $("name").value })).token;
    sessionStorage.setItem("token", token);
    view = await ask("/api/state");
  });
});

$("give").addEventListener("submit", (event) => {
  event.preventDefault();
  const values = {};
  new FormData($("give")).forEach((value, key) => { values[key] = Number(value); });
  attempt(async () => {
    view = await ask("/api/give", { risk: view.risk.code, values });
    show();
    $("mine").scrollIntoView({ block: "nearest" });
  });
});

$("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  translatePage();
});

async function poll() {
  if (token) {
    try {
      const fresh = await ask("/api/state");
      if (!view || fresh.version !== view.version) { view = fresh; show(); }
      if ($("message").textContent === say("offline")) $("message").textContent = "";
    } catch (error) {
      $("message").textContent = error instanceof TypeError ? say("offline") : error.message;
    }
  }
  setTimeout(poll, 2000);
}

// A scanned code brings the session code along; it is not kept in the address.
if (location.hash.length > 1) {
  $("code").value = location.hash.slice(1, 17);
  history.replaceState(null, "", location.pathname);
  $("name").focus();
}
translatePage();
poll();
