package io.github.resilientchat.autoconfigure.guide;

import dev.langchain4j.model.chat.ChatModel;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Capacity;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.simulator.Quota;
import io.github.resilientchat.simulator.Role;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** The code of the README and of the simulator's. */
final class FirstPages {

  static final String ROLE = "arn:aws:iam::111111111111:role/bedrock-invoke";

  private FirstPages() {}

  static ChatModel model(ChatModel bedrockSonnet, ChatModel bedrockHaiku) {
    // snippet: two-models
    ChatModel model =
        ResilientChatModel.builder()
            .target("sonnet", bedrockSonnet)
            .fallback("haiku", bedrockHaiku)
            .build();
    // end
    return model;
  }

  static List<Invocation> scripted() throws Exception {
    // snippet: simulator
    try (BedrockSimulator simulator = BedrockSimulator.start()) {
      simulator.quota(Quota.requestsPerMinute(1).account("blue"));
      simulator.fault(Fault.cut(3).region("us-west-2").times(1));
      simulator.answer(call -> Answer.text("You said " + call.lastUserText()));

      // The Region of the client is the source Region of its calls, its key their account.
      BedrockRuntimeClient client =
          BedrockRuntimeClient.builder()
              .endpointOverride(simulator.endpoint())
              .region(Region.US_EAST_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(
                      AwsBasicCredentials.create(
                          BedrockSimulator.accessKey("blue"), BedrockSimulator.secretKey())))
              .build();
      client.converse(
          ask ->
              ask.modelId("amazon.nova-pro-v1:0")
                  .messages(
                      Message.builder().role("user").content(say -> say.text("hello")).build()));
      List<Invocation> log = simulator.awaitInvocations(1, Duration.ofSeconds(5));
      // end
      client.close();
      return log;
    }
  }

  static void roles(BedrockSimulator simulator) {
    // snippet: roles
    simulator.role(
        Role.of("arn:aws:iam::111111111111:role/bedrock-invoke", "prod")
            .externalId("x-42")
            .trusting("hub")
            .sessionsLast(Duration.ofSeconds(10)));
    // Ends its sessions (AccessDeniedException, an explicit deny) and lends it no more.
    simulator.revoke("arn:aws:iam::111111111111:role/bedrock-invoke");
    // Lends it again; what was revoked stays so.
    simulator.restore("arn:aws:iam::111111111111:role/bedrock-invoke");
    // Who asked, with which session name and tags, and what was refused.
    simulator.assumptions();
    // end
  }

  static void refusals(BedrockSimulator simulator) {
    // snippet: refusals
    // A new account: "Too many tokens per day" everywhere.
    simulator.clamp("green");
    // A service control policy: every profile that may be served there is refused.
    simulator.deny("blue", "us-west-2");
    // Room that all accounts share: 503, or here 529.
    simulator.capacity(Capacity.of("us-east-1", 2).overloaded());
    // Ends answers with guardrail_intervened.
    simulator.guardrail("gr-1", "bomb");
    // end
  }
}
