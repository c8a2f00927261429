package io.github.resilientchat.tools.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.langchain4j.ResilientChatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** The patterns D3 and D4 of AWS's sample, on what its LiteLLM configuration is converted to. */
class ImportedSampleTest {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  private static ApplicationContextRunner application() {
    var properties =
        LitellmImportTest.properties(
            LitellmImport.convert(LitellmImportTest.sample(), LitellmImportTest.AS_IN_THE_SAMPLE));
    return new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withPropertyValues(
            properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new))
        .withPropertyValues(
            "spring.main.cloud-platform=none",
            "resilient.backend=simulator",
            "resilient.default-route=fallback",
            "resilient.identity.anonymous=shared");
  }

  /** Ten at once; who served each, with a star for a fallback. */
  private static List<String> served(ChatModel model, String route) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      List<Future<String>> asked = new ArrayList<>();
      for (int call = 0; call < 10; call++) {
        asked.add(
            threads.submit(
                () -> {
                  ChatRequest request =
                      ChatRequest.builder()
                          .modelName(route)
                          .maxOutputTokens(100)
                          .messages(UserMessage.from("What is AI?"))
                          .build();
                  CallReport report =
                      ResilientChatResponse.reportOf(model.chat(request)).orElseThrow();
                  return report.servedBy().orElseThrow().model() + (report.fallback() ? "*" : "");
                }));
      }
      List<String> served = new ArrayList<>();
      for (Future<String> answer : asked) {
        served.add(answer.get());
      }
      return served;
    } finally {
      threads.shutdownNow();
    }
  }

  private static long count(List<String> served, String part, boolean fallback) {
    return served.stream()
        .filter(each -> each.contains(part) && each.endsWith("*") == fallback)
        .count();
  }

  @Test
  void threeAreServedByThePrimaryAndSevenByTheFallback() {
    application()
        .run(
            context -> {
              List<String> served = served(context.getBean(ChatModel.class), "fallback");
              assertThat(count(served, "sonnet", false)).isEqualTo(3);
              assertThat(count(served, "haiku", true)).isEqualTo(7);
            });
  }

  @Test
  void twoModelsShareWhatTheyMayTakeAndTheFallbackTakesTheRest() {
    application()
        .run(
            context -> {
              List<String> served = served(context.getBean(ChatModel.class), "balanced");
              assertThat(count(served, "sonnet", false)).isEqualTo(3);
              assertThat(count(served, "haiku", false)).isEqualTo(3);
              assertThat(count(served, "haiku", true)).isEqualTo(4);
            });
  }
}
