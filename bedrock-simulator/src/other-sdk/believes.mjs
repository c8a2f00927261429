// The SDK as npm has it; only endpoint, Region and keys are ours. Prints one line for each check.
import assert from "node:assert/strict";
import { BedrockClient, paginateListInferenceProfiles } from "@aws-sdk/client-bedrock";
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";

const endpoint = process.argv[2];
const region = "us-east-1";
const SONNET = "us.anthropic.claude-sonnet-4-6";
const keys = (account) => ({
  accessKeyId: `AKIASIM${account.toUpperCase()}`,
  secretAccessKey: "simulated-secret-key",
});
const settings = { endpoint, region, credentials: keys("blue"), maxAttempts: 1 };
const runtime = new BedrockRuntimeClient(settings);
const hello = [{ role: "user", content: [{ text: "Hello" }] }];
const admin = (method, operation, body) =>
  fetch(`${endpoint}/_simulator/${operation}`, { method, body: JSON.stringify(body) });

let passed = 0;
async function check(name, run) {
  await run();
  passed++;
  console.log(`ok ${name}`);
}

await check("Converse", async () => {
  const answer = await runtime.send(new ConverseCommand({ modelId: SONNET, messages: hello }));
  assert.equal(answer.stopReason, "end_turn");
  assert.match(answer.output.message.content[0].text, /^Simulated answer from/);
  assert.ok(answer.usage.outputTokens > 0);
});

await check("ConverseStream with tools and reasoning", async () => {
  const answer = await runtime.send(
    new ConverseStreamCommand({
      modelId: SONNET,
      messages: [{ role: "user", content: [{ text: "use the tool" }] }],
      toolConfig: {
        tools: [{ toolSpec: { name: "look", inputSchema: { json: { type: "object" } } } }],
        toolChoice: { tool: { name: "look" } },
      },
      additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1024 } },
    }),
  );
  let reasoning = "";
  let signature = "";
  let input = "";
  let stop;
  let usage;
  for await (const event of answer.stream) {
    const delta = event.contentBlockDelta?.delta;
    reasoning += delta?.reasoningContent?.text ?? "";
    signature += delta?.reasoningContent?.signature ?? "";
    input += delta?.toolUse?.input ?? "";
    stop = event.messageStop?.stopReason ?? stop;
    usage = event.metadata?.usage ?? usage;
  }
  assert.ok(reasoning.length > 0 && signature.length > 0);
  assert.deepEqual(typeof JSON.parse(input), "object");
  assert.equal(stop, "tool_use");
  assert.ok(usage.outputTokens > 0);
});

const claude = {
  modelId: SONNET,
  contentType: "application/json",
  body: JSON.stringify({
    anthropic_version: "bedrock-2023-05-31",
    max_tokens: 200,
    messages: [{ role: "user", content: "Hello" }],
  }),
};

await check("InvokeModel", async () => {
  const answer = await runtime.send(new InvokeModelCommand(claude));
  const message = JSON.parse(new TextDecoder().decode(answer.body));
  assert.equal(message.type, "message");
  assert.match(message.content[0].text, /^Simulated answer from/);
});

await check("InvokeModelWithResponseStream", async () => {
  const answer = await runtime.send(new InvokeModelWithResponseStreamCommand(claude));
  const types = [];
  for await (const event of answer.body) {
    types.push(JSON.parse(new TextDecoder().decode(event.chunk.bytes)).type);
  }
  assert.equal(types[0], "message_start");
  assert.equal(types.at(-1), "message_stop");
  assert.ok(types.includes("content_block_delta"));
});

await check("ListInferenceProfiles in pages", async () => {
  const control = new BedrockClient(settings);
  const pages = [];
  const asked = { client: control, pageSize: 20 };
  for await (const page of paginateListInferenceProfiles(asked, { typeEquals: "SYSTEM_DEFINED" })) {
    pages.push(page.inferenceProfileSummaries.map((profile) => profile.inferenceProfileId));
  }
  assert.ok(pages.length >= 2, `${pages.length} page`);
  const ids = pages.flat();
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.includes(SONNET));
});

await check("AssumeRole, and a call with its session", async () => {
  const sts = new STSClient({ ...settings, credentials: keys("hub") });
  const lent = await sts.send(
    new AssumeRoleCommand({
      RoleArn: "arn:aws:iam::111111111111:role/bedrock-invoke",
      RoleSessionName: "js",
      ExternalId: "x-42",
    }),
  );
  const session = {
    accessKeyId: lent.Credentials.AccessKeyId,
    secretAccessKey: lent.Credentials.SecretAccessKey,
    sessionToken: lent.Credentials.SessionToken,
  };
  const prod = new BedrockRuntimeClient({ ...settings, credentials: session });
  const answer = await prod.send(new ConverseCommand({ modelId: SONNET, messages: hello }));
  assert.equal(answer.stopReason, "end_turn");
});

await check("a throttle", async () => {
  await admin("PUT", "quotas", { kind: "REQUESTS_PER_MINUTE", limit: 0, account: "blue" });
  await assert.rejects(
    runtime.send(new ConverseCommand({ modelId: SONNET, messages: hello })),
    (error) => error.name === "ThrottlingException" && error.$metadata.httpStatusCode === 429,
  );
  await admin("PUT", "quotas", { kind: "REQUESTS_PER_MINUTE", limit: 1000, account: "blue" });
});

await check("a 529", async () => {
  for (const each of ["us-east-1", "us-east-2", "us-west-2"]) {
    await admin("PUT", "capacities", { region: each, concurrent: 0, status: 529 });
  }
  await assert.rejects(
    runtime.send(new ConverseCommand({ modelId: SONNET, messages: hello })),
    (error) => error.$metadata.httpStatusCode === 529,
  );
});

console.log(`other-sdk: ${passed} passed, 0 failed`);
