package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.springai.CallerAdvisor;
import io.github.resilientchat.springai.CallerContext;
import io.github.resilientchat.springai.ResilientChatModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Every round of a tool loop that Spring AI 2.0's advisor runs is the caller's, and so are tools.
 */
class CallersOfRoundsTest {

  private static final Duration AT_MOST = Duration.ofSeconds(60);
  private static final Caller ALICE = Caller.user("alice");
  private static final Caller BOB = Caller.user("bob");

  private final List<Caller> callers = new CopyOnWriteArrayList<>();
  private final ThreadLocal<Caller> session = new ThreadLocal<>();
  private final Engine engine =
      Engine.builder()
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  callers.add(report.caller());
                }
              })
          .build();
  private final ResilientChatModel model = model(Optional::empty);
  private final CountingTool tool = new CountingTool();

  private ResilientChatModel model(CallerResolver resolver) {
    return ResilientChatModel.builder()
        .engine(engine)
        .target("one", new StrictChatModel(StrictOptions.builder().build(), this::toolThenText))
        .callers(resolver)
        .build();
  }

  private CallerResolver ofSession() {
    return () -> Optional.ofNullable(session.get());
  }

  @Test
  void scopeOpenWhereAStreamIsSubscribedToHoldsForAllRounds() {
    CallerScope.callAs(ALICE, () -> stream(client(model)));

    assertThat(callers).containsExactly(ALICE, ALICE);
  }

  @Test
  void resolverIsBelievedForAllRounds() {
    session.set(ALICE);

    stream(client(model(ofSession())));

    assertThat(callers).containsExactly(ALICE, ALICE);
  }

  @Test
  void resolverOfTheAdvisorIsAskedBeforeAMemoryChangesThreads() {
    session.set(ALICE);
    ChatClient client =
        ChatClient.builder(model)
            .defaultAdvisors(CallerAdvisor.advisors(ofSession()))
            .defaultAdvisors(
                advisors ->
                    advisors
                        .advisors(
                            MessageChatMemoryAdvisor.builder(
                                    MessageWindowChatMemory.builder().build())
                                .build())
                        .param(ChatMemory.CONVERSATION_ID, "c1"))
            .build();

    stream(client);

    assertThat(callers).containsExactly(ALICE, ALICE);
  }

  @Test
  void viewHoldsForItsRoundsAndTheirTools() {
    tool.effect = () -> model.call(new Prompt("hello"));

    stream(client(model.forCaller(ALICE)));

    assertThat(callers).containsExactly(ALICE, ALICE, ALICE);
  }

  @Test
  void toolOfAStreamThatCallsAModelDoesSoForTheCaller() {
    tool.effect =
        () -> {
          model.call(new Prompt("hello"));
          model.stream(new Prompt("hello")).blockLast(AT_MOST);
          client(model).prompt("hello").stream().content().blockLast(AT_MOST);
        };

    CallerScope.callAs(ALICE, () -> stream(client(model)));

    assertThat(callers).hasSize(5).containsOnly(ALICE);
  }

  @Test
  void toolOfABlockingCallThatCallsAModelDoesSoForTheCallerOfItsView() {
    tool.effect = () -> model.call(new Prompt("hello"));

    client(model.forCaller(ALICE)).prompt("book").tools(tool).call().content();

    assertThat(callers).containsExactly(ALICE, ALICE, ALICE);
  }

  @Test
  void toolMaySpeakForSomebodyElseAndTheNextRoundIsTheCallersAgain() {
    tool.effect = () -> CallerScope.callAs(BOB, () -> model.call(new Prompt("hello")));

    CallerScope.callAs(ALICE, () -> stream(client(model)));

    assertThat(callers).containsExactly(ALICE, BOB, ALICE);
  }

  @Test
  void reactorContextComesBeforeTheScope() {
    CallerScope.callAs(
        ALICE,
        () ->
            client(model).prompt("book").tools(tool).stream()
                .content()
                .contextWrite(CallerContext.of(BOB))
                .collectList()
                .block(AT_MOST));

    assertThat(callers).containsExactly(BOB, BOB);
  }

  private static ChatClient client(ResilientChatModel model) {
    return ChatClient.builder(model).defaultAdvisors(CallerAdvisor.advisors()).build();
  }

  private List<String> stream(ChatClient client) {
    return client.prompt("book").tools(tool).stream().content().collectList().block(AT_MOST);
  }

  private AssistantMessage toolThenText(Prompt prompt) {
    boolean told =
        prompt.getInstructions().stream()
            .anyMatch(message -> message.getMessageType() == MessageType.TOOL);
    return told || !prompt.getContents().startsWith("book")
        ? new AssistantMessage("Booked.")
        : AssistantMessage.builder()
            .content("")
            .toolCalls(List.of(new AssistantMessage.ToolCall("t1", "function", "book", "{}")))
            .build();
  }
}
