package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.ConverseCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.tool.annotation.Tool;

/** A ChatClient's tools and memory while calls move, called and streamed. */
@ExtendWith(SharedSimulation.class)
abstract class ToolContract {

  private static final String COOLS_NOTHING = "ModelErrorException";

  private Simulated simulated;
  private ChatClient client;

  abstract String ask(ChatClient.ChatClientRequestSpec request);

  /** Asks, and lets the caller leave as soon as the latch is open. */
  abstract void leave(ChatClient.ChatClientRequestSpec request, CountDownLatch when)
      throws InterruptedException;

  @BeforeEach
  void start(Simulated shared) {
    simulated = shared;
    client = ChatClient.create(simulated.both().build());
  }

  @Test
  void everyToolRunsOnceHoweverOftenTheLoopMoves() {
    simulated.answer(afterResults(3, call -> call("t" + results(call), "book")));
    CountingTool tool = CountingTool.named("book");
    tool.sideEffect = () -> primaryIs(tool.runs.get() % 2 == 0);

    assertThat(ask(client.prompt("book").toolCallbacks(tool))).isEqualTo("Booked.");

    assertThat(tool.runs).hasValue(3);
    assertThat(simulated.called(6))
        .containsExactly("primary", "primary", "fallback", "primary", "primary", "fallback");
    assertThat(toolIds("toolResult")).containsExactly("t0", "t1", "t2");
  }

  @Test
  void severalToolsOfOneAnswerRunOnceEachWhenTheNextCallFallsBack() {
    simulated.answer(afterResults(2, call -> call("t0", "book").andToolUse("t1", "other", "{}")));
    CountingTool book = CountingTool.doing(() -> primaryIs(false));
    CountingTool other = CountingTool.named("other");

    assertThat(ask(client.prompt("book").toolCallbacks(book, other))).isEqualTo("Booked.");

    assertThat(book.runs).hasValue(1);
    assertThat(other.runs).hasValue(1);
    assertThat(simulated.called(3)).containsExactly("primary", "primary", "fallback");
    assertThat(toolIds("toolUse")).containsExactly("t0", "t1");
    assertThat(toolIds("toolResult")).containsExactly("t0", "t1");
  }

  @Test
  void modelIsToldOfAToolsFailureAndNothingMoves() {
    simulated.answer(afterResults(1, call -> call("t0", "fly")));

    assertThat(ask(client.prompt("fly").tools(new Broken()))).isEqualTo("Booked.");

    assertThat(simulated.called(2)).containsExactly("primary", "primary");
    assertThat(lastBody()).contains("no plane");
  }

  @Test
  void toolThatThrowsForTheCallerEndsTheCallAndCountsForNoTarget() {
    simulated.answer(afterResults(1, call -> call("t0", "book")));
    CountingTool tool =
        CountingTool.doing(
            () -> {
              throw new IllegalStateException("of the tool");
            });

    IntStream.range(0, 20)
        .forEach(
            i ->
                assertThatThrownBy(() -> ask(client.prompt("book").toolCallbacks(tool)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("of the tool"));

    assertThat(tool.runs).hasValue(20);
    assertThat(simulated.called(20)).containsOnly("primary");
  }

  @Test
  void callerWhoLeavesWhileAToolRunsStopsTheLoop() throws InterruptedException {
    simulated.answer(afterResults(1, call -> call("t0", "book")));
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CountingTool tool =
        CountingTool.doing(
            () -> {
              running.countDown();
              try {
                never.await(30, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                // As a tool that hands out what it has.
                Thread.currentThread().interrupt();
                ended.countDown();
              }
            });

    leave(client.prompt("book").toolCallbacks(tool), running);
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    ask(client.prompt("hello"));

    assertThat(tool.runs).hasValue(1);
    assertThat(simulated.bodies).hasSize(2);
    assertThat(simulated.bodies.toString()).doesNotContain("toolResult");
  }

  @Test
  void toolHoldsNoneOfReactorsElasticThreads() {
    simulated.answer(afterResults(1, call -> call("t0", "book")));
    AtomicReference<String> thread = new AtomicReference<>("");
    CountingTool tool = CountingTool.doing(() -> thread.set(Thread.currentThread().getName()));

    ask(client.prompt("book").toolCallbacks(tool));

    assertThat(tool.runs).hasValue(1);
    assertThat(thread.get()).doesNotStartWith("boundedElastic");
  }

  @Test
  void timeOfAToolIsNotTheModels() {
    simulated.answer(afterResults(1, call -> call("t0", "book")));
    AtomicLong now = new AtomicLong();
    CountingTool tool = CountingTool.doing(() -> now.addAndGet(Duration.ofHours(1).toNanos()));
    ResilientChatModel model =
        simulated
            .both()
            .engine(Engine.builder().ticker(now::get).build())
            .policy(RoutePolicy.DEFAULTS.withTimeout(Duration.ofMinutes(1)))
            .build();

    assertThat(ask(ChatClient.create(model).prompt("book").toolCallbacks(tool)))
        .isEqualTo("Booked.");
  }

  @Test
  void fallbackMayAskForADirectToolWhoseResultIsTheAnswer() {
    primaryIs(false);
    simulated.answer(afterResults(1, call -> call("t0", "book")));
    CountingTool tool = new CountingTool(true, () -> {});

    assertThat(ask(client.prompt("book").toolCallbacks(tool))).isEqualTo("\"booked\"");

    assertThat(tool.runs).hasValue(1);
    assertThat(simulated.called(2)).containsExactly("primary", "fallback");
  }

  @Test
  void modelHearsOfADirectToolThatItAskedForTogetherWithAnother() {
    simulated.answer(afterResults(2, call -> call("t0", "book").andToolUse("t1", "other", "{}")));
    CountingTool direct = new CountingTool(true, () -> {});

    assertThat(ask(client.prompt("book").toolCallbacks(direct, CountingTool.named("other"))))
        .isEqualTo("Booked.");

    assertThat(direct.runs).hasValue(1);
  }

  @Test
  void memoryKeepsOneConversationOverAllModels() {
    ChatMemory memory = MessageWindowChatMemory.builder().build();
    ChatClient remembering =
        client
            .mutate()
            .defaultAdvisors(
                advisors ->
                    advisors
                        .advisors(MessageChatMemoryAdvisor.builder(memory).build())
                        .param(ChatMemory.CONVERSATION_ID, "c1"))
            .build();
    ask(remembering.prompt("one"));
    primaryIs(false);
    ask(remembering.prompt("two"));
    primaryIs(true);
    ask(remembering.prompt("three"));

    assertThat(memory.get("c1"))
        .extracting(Message::getText)
        .containsExactly(
            "one",
            "Answer of test.primary-v1.",
            "two",
            "Answer of test.fallback-v1.",
            "three",
            "Answer of test.primary-v1.");
    assertThat(simulated.bodies.get(2).findValuesAsText("role"))
        .containsExactly("user", "assistant", "user", "assistant", "user");
    assertThat(memory.get("c1"))
        .allSatisfy(said -> assertThat(said.getMetadata()).containsOnlyKeys("messageType"));
  }

  private void primaryIs(boolean up) {
    simulated.bedrock.clearFaults();
    if (!up) {
      simulated.primaryFails(424, COOLS_NOTHING);
    }
  }

  private List<String> toolIds(String block) {
    return simulated.bodies.get(simulated.bodies.size() - 1).findValues(block).stream()
        .map(found -> found.path("toolUseId").asText())
        .toList();
  }

  private String lastBody() {
    return simulated.bodies.get(simulated.bodies.size() - 1).toString();
  }

  /** Tools until there are so many results. */
  private static Function<ConverseCall, Answer> afterResults(
      int results, Function<ConverseCall, Answer> before) {
    return call ->
        call.request().path("messages").toString().contains("\"hello\"")
            ? Answer.text("Hello.")
            : results(call) < results ? before.apply(call) : Answer.text("Booked.");
  }

  private static int results(ConverseCall call) {
    JsonNode messages = call.request().path("messages");
    return messages.findValues("toolResult").size();
  }

  private static Answer call(String id, String tool) {
    return Answer.toolUse(id, tool, "{}");
  }

  static final class Broken {

    @Tool(description = "Flies")
    String fly() {
      throw new IllegalStateException("no plane");
    }
  }
}
