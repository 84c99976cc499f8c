// Asks a running server by OpenAI's own client for JavaScript: chat, streaming, n, stop, seed, usage, logprobs, responses, errors.
//   npm install openai && node openai.mjs http://127.0.0.1:8080
import assert from "node:assert/strict";
import OpenAI from "openai";

const url = process.argv[2] ?? "http://127.0.0.1:8080";
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: process.env.API_KEY ?? "none", maxRetries: 0 });
const question =
  "Start with 36. Subtract 57. Multiply by 64. Add 60. Multiply by 25. Add 35. Give the last two digits.";
const messages = [{ role: "user", content: question }];
const chat = (more) => client.chat.completions.create({ model: "chain", messages, ...more });

assert((await client.models.list()).data.some((model) => model.id === "chain"));

const whole = await chat({ logprobs: true, top_logprobs: 2 });
const answer = whole.choices[0];
assert.match(answer.message.content, /\\boxed/);
assert.equal(answer.finish_reason, "stop");
assert.equal(answer.logprobs.content.length, whole.usage.completion_tokens);

let streamed = "";
let usage;
for await (const chunk of await chat({ stream: true, stream_options: { include_usage: true } })) {
  streamed += chunk.choices[0]?.delta.content ?? "";
  usage = chunk.usage ?? usage;
}
assert.equal(streamed, answer.message.content);
assert.equal(usage.total_tokens, whole.usage.total_tokens);

const grown = await client.chat.completions.stream({ model: "chain", messages }).finalChatCompletion();
assert.equal(grown.choices[0].message.content, answer.message.content);

const drawn = { model: "chain:small", n: 3, temperature: 1.5, seed: 7 };
const texts = (completion) => completion.choices.map((choice) => choice.message.reasoning + choice.message.content);
assert.deepEqual(texts(await chat(drawn)), texts(await chat(drawn)));
assert.equal(new Set(texts(await chat(drawn))).size, 3);

assert.equal((await chat({ stop: ["\\boxed"] })).choices[0].message.content, "\n<answer>\n");

const scored = await client.completions.create({
  model: "chain:large", prompt: "37*48=1776", max_tokens: 0, echo: true, logprobs: 1,
});
assert.equal(scored.choices[0].text, "37*48=1776");
assert(scored.choices[0].logprobs.token_logprobs.slice(1).every((logprob) => logprob <= 0));

assert.match((await client.responses.create({ model: "chain", input: question })).output_text, /\\boxed/);

await assert.rejects(chat({ model: "nope" }), (error) => error.status === 404 && error.code === "model_not_found");
await assert.rejects(chat({ frequency_penalty: 1 }), (error) => error.status === 400 && error.param === "frequency_penalty");
console.log("OpenAI's client for JavaScript works unchanged");
