// A turn of the conversation: {question, text, reply, reports, state}. `reports` are the verdicts as of now, `reply`
// is what was said then; a turn without a question is a verdict recomputed after a correction.
// A question that may have been heard keeps its `key` when it is asked again, so that it is answered once.
// States: asking, streaming, done, stopped, failed.

import { WORDS } from "./words.js";

const begun = (question, state) => ({ question, text: "", reply: null, reports: [], state });

export const asking = (question) => begun(question, "asking");

// A question of which nobody knows whether it was heard.
export const unheard = ({ question, key }) => ({
  ...begun(question, "failed"),
  problem: WORDS.ask.unanswered,
  lost: true,
  key,
});

export const recomputed = (reports) => ({ ...begun(null, "done"), reports, updated: true });

export function answered(question, reply, rating = null) {
  const reports = reply.eligibility ? [reply.eligibility] : reply.reports;
  return { question, text: reply.text, reply, reports, state: "done", rating, updated: false };
}

// The categories to judge anew after a correction: those of the last verdicts, or all where none was named.
export function judged(turns, report, categories) {
  const subject = turns.findLast((turn) => turn.reports.length);
  const asked = subject ? subject.reports.map((one) => one.category) : report ? [report.category] : [];
  return asked.includes(null) ? categories.map((category) => category.id) : asked;
}
