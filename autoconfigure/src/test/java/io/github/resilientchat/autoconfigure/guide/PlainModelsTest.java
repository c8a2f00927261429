package io.github.resilientchat.autoconfigure.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.autoconfigure.app.Assistant;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerCarrier;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.DecisionLog;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** What the guides to the clients, callers and streams show does what it says. */
class PlainModelsTest {

  private static final Prompt PROMPT =
      new Prompt(
          "How are you?",
          BedrockChatOptions.builder().model("us.anthropic.claude-sonnet-4-6").build());

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues("spring.main.cloud-platform=none", "resilient.backend=simulator");
  private BedrockSimulator bedrock;
  private PlainModels models;

  @BeforeEach
  void start() {
    bedrock = BedrockSimulator.start();
    StaticCredentialsProvider blue =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(
                BedrockSimulator.accessKey("blue"), BedrockSimulator.secretKey()));
    models =
        new PlainModels(
            BedrockRuntimeClient.builder()
                .endpointOverride(bedrock.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(blue)
                .build(),
            BedrockRuntimeAsyncClient.builder()
                .endpointOverride(bedrock.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(blue)
                .build());
  }

  @AfterEach
  void stop() {
    models.sync().close();
    models.async().close();
    bedrock.close();
  }

  @Test
  void langChain4jsModelAnswers() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    models
        .langChain4j()
        .chat(
            "How are you?",
            new StreamingChatResponseHandler() {
              @Override
              public void onCompleteResponse(ChatResponse response) {
                answer.complete(response.aiMessage().text());
              }

              @Override
              public void onError(Throwable error) {
                answer.completeExceptionally(error);
              }
            });

    assertThat(answer.get(30, TimeUnit.SECONDS)).isNotBlank();
  }

  @Test
  void springAisModelAnswers() {
    assertThat(models.springAi().call(PROMPT).getResult().getOutput().getText()).isNotBlank();
  }

  @Test
  void cancellingAStreamReachesTheServer() throws Exception {
    bedrock.fault(Fault.stall(3));

    PlainModels.cancellable(models.springAi(), PROMPT).blockFirst(Duration.ofSeconds(30));

    assertThat(bedrock.awaitInvocations(1, Duration.ofSeconds(30)))
        .extracting(Invocation::outcome)
        .containsExactly(Invocation.Outcome.CANCELLED);
  }

  @Test
  void aBrokenAnswerIsTakenBack() {
    application.run(
        context -> {
          context
              .getBean(BedrockSimulator.class)
              .fault(Fault.streamException(4, "modelStreamErrorException", "broken").times(1));
          StringBuilder page = new StringBuilder();

          PlainModels.restarted(context.getBean(ChatModel.class), new Prompt("How are you?"), page)
              .doOnNext(
                  part -> {
                    if (part.getResult() != null
                        && part.getResult().getOutput().getText() != null) {
                      page.append(part.getResult().getOutput().getText());
                    }
                  })
              .blockLast(Duration.ofSeconds(30));

          assertThat(page.toString()).containsOnlyOnce("Simulated answer from");
        });
  }

  @Test
  void anExecutorOfOnesOwnCarriesTheCaller() {
    application.run(
        context -> {
          Assistant assistant = context.getBean(Assistant.class);
          CallerCarrier carrier = context.getBean(CallerCarrier.class);
          ExecutorService threads = Executors.newSingleThreadExecutor();
          try {
            CallerScope.callAs(
                Caller.user("ada"), () -> later(assistant, "Hello", carrier, threads).join());
          } finally {
            threads.shutdownNow();
          }

          assertThat(context.getBean(DecisionLog.class).recent())
              .extracting(CallReport::caller)
              .containsExactly(Caller.user("ada"));
        });
  }

  private static CompletableFuture<String> later(
      Assistant assistant, String question, CallerCarrier carrier, ExecutorService threads) {
    // snippet: carrier
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> assistant.chat(question), carrier.executor(threads));
    // end
    return answer;
  }
}
