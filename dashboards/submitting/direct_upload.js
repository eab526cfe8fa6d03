// Files chosen here go straight from the browser to the bucket, each by one PUT to an address that
// the page was given. Names come from strangers: they are only ever set as text.

const AT_ONCE = 3;
const states = new WeakMap();

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".direct-upload");
  let state = states.get(root);
  if (!state) {
    state = { root, files: [], job: "", isOver: false };
    states.set(root, state);
    listen(state);
  }
  Object.assign(state, { data, setStateValue, setTriggerValue });
  if (data.job !== state.job) {
    stop(state);
    state.job = data.job;
    state.isOver = false;
    state.files.forEach((file) => Object.assign(file, { phase: "chosen", sent: 0 }));
    if (data.job) start(state);
  }
  draw(state);
  return () => {
    // Also called for a drawing that another one overtook; then the files are still on their way.
    if (!root.isConnected) stop(state);
  };
}

function listen(state) {
  const { root } = state;
  const input = root.querySelector("input");
  const zone = root.querySelector(".zone");
  input.addEventListener("change", () => {
    add(state, input.files);
    input.value = "";
  });
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    add(state, event.dataTransfer.files);
  });
}

function add(state, chosen) {
  if (state.job) return;
  for (const file of chosen) {
    const problem = problemOf(state.data, file);
    state.files.push({ file, problem, phase: "chosen", sent: 0 });
  }
  told(state);
}

function problemOf({ accept, most_bytes, most_said }, file) {
  if (file.size > most_bytes) return `larger than ${most_said}`;
  const name = file.name.toLowerCase();
  if (accept.length && !accept.some((end) => name.endsWith(end))) return "not a file of this kind";
  return "";
}

function told(state) {
  draw(state);
  const good = state.files.filter((each) => !each.problem);
  state.setStateValue("chosen", good.map(({ file }) => ({ name: file.name, bytes: file.size })));
}

function start(state) {
  const good = state.files.filter((each) => !each.problem);
  state.data.puts.forEach((put, index) => {
    if (good[index]) Object.assign(good[index], { put, phase: "waiting" });
  });
  next(state);
}

function stop(state) {
  state.files.forEach((each) => {
    const request = each.request;
    each.request = null;
    if (request) request.abort();
  });
}

function next(state) {
  const going = state.files.filter((each) => each.phase === "sending").length;
  const waiting = state.files.filter((each) => each.phase === "waiting");
  waiting.slice(0, AT_ONCE - going).forEach((each) => send(state, each));
  const isBusy = state.files.some((each) => ["waiting", "sending", "failed"].includes(each.phase));
  if (state.job && !isBusy && !state.isOver) {
    state.isOver = true;
    const arrived = state.files.filter((each) => each.phase === "arrived");
    const positions = arrived.map((each) => each.put.position);
    state.setTriggerValue("ended", { job: state.job, arrived: positions });
  }
  draw(state);
}

function send(state, each) {
  const request = new XMLHttpRequest();
  Object.assign(each, { request, phase: "sending", sent: 0 });
  request.open("PUT", each.put.url);
  request.upload.onprogress = ({ loaded }) => {
    each.sent = loaded;
    drawProgress(each);
  };
  const over = (phase) => () => {
    if (each.request !== request) return;
    Object.assign(each, { request: null, phase });
    next(state);
  };
  request.onload = () => over(request.status < 300 ? "arrived" : "failed")();
  request.onerror = over("failed");
  request.send(each.file);
}

function leaveOut(state, each) {
  const request = each.request;
  each.request = null;
  if (request) request.abort();
  if (state.job) {
    each.phase = "left out";
    next(state);
  } else {
    state.files = state.files.filter((other) => other !== each);
    told(state);
  }
}

function draw(state) {
  const { root, data } = state;
  const isSending = Boolean(state.job);
  const input = root.querySelector("input");
  input.accept = data.accept.join(",");
  input.disabled = isSending;
  root.querySelector(".zone").hidden = isSending;
  root.querySelector(".limits").textContent = data.limits;
  root.querySelector(".files").replaceChildren(...state.files.map((each) => row(state, each)));
  const arrived = state.files.filter((each) => each.phase === "arrived").length;
  const wanted = state.files.filter((each) => each.put && each.phase !== "left out").length;
  root.querySelector(".said").textContent = isSending ? `${arrived} of ${wanted} files sent` : "";
}

function row(state, each) {
  const item = element("li", "");
  const words = element("div", "words");
  words.append(element("span", "name", each.file.name), element("span", "size", saidOf(each)));
  each.bar = document.createElement("progress");
  each.bar.setAttribute("aria-label", `${each.file.name} sent`);
  each.bar.hidden = !["waiting", "sending", "arrived"].includes(each.phase);
  drawProgress(each);
  words.append(each.bar);
  item.append(words);
  if (each.problem || each.phase === "failed") item.classList.add("bad");
  if (each.phase === "failed") {
    item.append(button("Try again", `Try again: ${each.file.name}`, () => {
      each.phase = "waiting";
      next(state);
    }));
  }
  const isOver = ["arrived", "left out"].includes(each.phase) || (state.job && each.problem);
  if (!isOver) {
    const word = state.job ? "Cancel" : "Remove";
    item.append(button(word, `${word} ${each.file.name}`, () => leaveOut(state, each)));
  }
  return item;
}

function drawProgress(each) {
  each.bar.max = Math.max(each.file.size, 1);
  each.bar.value = each.phase === "arrived" ? each.bar.max : each.sent;
}

function saidOf(each) {
  if (each.problem) return each.problem;
  if (each.phase === "failed") return "did not arrive";
  if (each.phase === "left out") return "left out";
  return sizeOf(each.file.size);
}

function sizeOf(bytes) {
  if (bytes < 1e3) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

function element(tag, name, text = "") {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

function button(text, label, act) {
  const made = element("button", "", text);
  made.type = "button";
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}
