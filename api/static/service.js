// The HTTP service: JSON requests, and a question whose answer arrives as server-sent events.

export class Refused extends Error {}

async function refusal(response) {
  try {
    const problem = await response.json();
    return new Refused(problem.detail || problem.title);
  } catch {
    return new Refused(`服务没有答复（${response.status}），请稍后再试。`);
  }
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refused("连接不上服务，请检查网络后再试。");
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

const withBody = (method, body) => ({
  method,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

export const get = async (path) => (await send(path)).json();
export const patch = async (path, body) => (await send(path, withBody("PATCH", body))).json();

// Calls on[event](content) for each event of the answer.
export async function ask(question, on) {
  const response = await send("/v1/chat/stream", withBody("POST", question));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let finished = false;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    for (const event of events) {
      const name = /^event: (.+)$/m.exec(event)?.[1];
      const content = JSON.parse(/^data: (.+)$/m.exec(event)?.[1] ?? "null");
      if (name === "error") throw new Refused(content.detail || content.title);
      finished ||= name === "done";
      on[name]?.(content);
    }
  }
  if (!finished) throw new Refused("回答中断了，请再问一次。");
}
