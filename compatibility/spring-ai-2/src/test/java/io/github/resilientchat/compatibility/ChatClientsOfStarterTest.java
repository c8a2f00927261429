package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.springai.CallerAdvisor;
import io.github.resilientchat.springai.ResilientChatModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.ai.chat.client.ChatClientCustomizer;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application of Spring Boot 4 and Spring AI 2 with our auto-configuration. */
class ChatClientsOfStarterTest {

  private static final Duration AT_MOST = Duration.ofSeconds(60);

  private final CountingTool tool = new CountingTool();
  private final ConfigurableApplicationContext context =
      new SpringApplicationBuilder(Application.class)
          .properties(
              "spring.main.web-application-type=none",
              "spring.main.banner-mode=off",
              "spring.main.cloud-platform=none",
              "resilient.backend=aws",
              "resilient.accounts.main.access-key=key",
              "resilient.accounts.main.secret-key=secret",
              "resilient.models.nova.id=us.amazon.nova-pro-v1:0",
              "resilient.defaults.region=us-east-1",
              "resilient.routes.chat.targets=nova/main")
          .run();
  private final Calls calls = context.getBean(Calls.class);
  private final ChatClient client = context.getBean(ChatClient.Builder.class).build();

  @AfterEach
  void stop() {
    context.close();
  }

  @Test
  @SuppressWarnings("removal")
  void customizerIsOfTheTypeThatStays() {
    assertThat(context.getBeansOfType(ChatClientBuilderCustomizer.class))
        .containsOnlyKeys("resilientCallerCustomizer");
    assertThat(context.getBeansOfType(ChatClientCustomizer.class)).isEmpty();
  }

  @Test
  void everyRoundIsTheUsersWhomTheRequestNames() {
    assertThat(
            client
                .prompt("book")
                .advisors(a -> a.param(CallerAdvisor.USER, "alice"))
                .tools(tool)
                .call()
                .content())
        .isEqualTo("Booked.");

    assertThat(calls.callers).containsExactly(Caller.user("alice"), Caller.user("alice"));
  }

  @Test
  void everyRoundOfAStreamIsTheUsersWhomTheRequestNames() {
    client.prompt("book").advisors(a -> a.param(CallerAdvisor.USER, "alice")).tools(tool).stream()
        .content()
        .collectList()
        .block(AT_MOST);

    assertThat(calls.callers).containsExactly(Caller.user("alice"), Caller.user("alice"));
  }

  @Test
  void resolversOfTheContextAreAskedOnTheSubscribersThread() {
    calls.session.set(Caller.user("bob"));

    client.prompt("book").tools(tool).stream().content().collectList().block(AT_MOST);

    assertThat(calls.callers).containsExactly(Caller.user("bob"), Caller.user("bob"));
  }

  /** Whom calls were made for, and who is logged in. */
  static final class Calls implements RouteListener {
    private final List<Caller> callers = new CopyOnWriteArrayList<>();
    private final ThreadLocal<Caller> session = new ThreadLocal<>();

    @Override
    public void onCall(CallReport report) {
      callers.add(report.caller());
    }
  }

  @Configuration
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Calls calls() {
      return new Calls();
    }

    @Bean
    CallerResolver session(Calls calls) {
      return () -> Optional.ofNullable(calls.session.get());
    }

    /** Spring AI's Bedrock model of this line cannot be had. */
    @Bean
    ResilientChatModel chatModel(Engine engine) {
      return ResilientChatModel.builder()
          .engine(engine)
          .target(
              "one",
              new StrictChatModel(
                  StrictOptions.builder().build(), ChatClientsOfStarterTest::toolThenText))
          .build();
    }
  }

  private static AssistantMessage toolThenText(Prompt prompt) {
    boolean told =
        prompt.getInstructions().stream()
            .anyMatch(message -> message.getMessageType() == MessageType.TOOL);
    return told
        ? new AssistantMessage("Booked.")
        : AssistantMessage.builder()
            .content("")
            .toolCalls(List.of(new AssistantMessage.ToolCall("t1", "function", "book", "{}")))
            .build();
  }
}
