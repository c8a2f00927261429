package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.ConverseCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Eight users whose tools take their time, all on one account, and everybody else. */
class SlowToolsTest {

  private static final int USERS = 8;

  /** The test lets the tools go long before, so that this costs no time. */
  private static final long TOOL_SECONDS = 120;

  /** Well below the time of a tool, and more than a slow machine takes. */
  private static final long SOON_SECONDS = 20;

  private final List<AttemptReport> attempts = new CopyOnWriteArrayList<>();
  private final Semaphore inTools = new Semaphore(0);
  private final CountDownLatch toolsDone = new CountDownLatch(1);
  private Lab lab;
  private ResilientStreamingChatModel model;

  interface Service {
    TokenStream ask(String question);
  }

  private void start(Wire wire) throws Exception {
    lab = new Lab(wire);
    lab.bedrock.answer(SlowToolsTest::answer);
    Engine engine = Engine.builder().listener(new Hearing()).build();
    model =
        ResilientStreamingChatModel.builder()
            .engine(engine)
            .route(route("tools", Words.BLUE), target -> lab.stream(target.account()))
            .route(route("same account", Words.BLUE), target -> lab.stream(target.account()))
            .route(route("elsewhere", Words.GREEN), target -> lab.stream(target.account()))
            .build();
    // The first call of a client takes long.
    for (String route : model.routes()) {
      firstToken(model, route).get(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
    }
    lab.bedrock.awaitIdle(Lab.AT_MOST);
  }

  private static Route route(String name, String account) {
    Target target =
        Target.builder(name).model(Lab.MODEL).region("us-east-1").account(account).build();
    return Route.named(name).tier(target).build();
  }

  private static Answer answer(ConverseCall call) {
    boolean wantsTool =
        call.request().has("toolConfig") && !call.request().toString().contains("toolResult");
    return wantsTool ? Answer.toolUse("use-1", "work", "{}") : Words.of(call.account());
  }

  private final class Hearing implements RouteListener {

    @Override
    public void onAttempt(String route, AttemptReport attempt) {
      attempts.add(attempt);
    }
  }

  @Tool("works")
  String work() throws InterruptedException {
    inTools.release();
    toolsDone.await(TOOL_SECONDS, TimeUnit.SECONDS);
    return "done";
  }

  @AfterEach
  void stop() {
    toolsDone.countDown();
    lab.close();
  }

  @ParameterizedTest
  @EnumSource
  void othersGetTheirFirstTokenAsIfAlone(Wire wire) throws Exception {
    start(wire);
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      answers.add(ask(Caller.user("user-" + user)));
    }
    assertThat(inTools.tryAcquire(USERS, SOON_SECONDS, TimeUnit.SECONDS)).isTrue();

    ResilientStreamingChatModel other = model.forCaller(Caller.user("other"));
    for (String route : model.routes()) {
      assertThat(firstToken(other, route).get(SOON_SECONDS, TimeUnit.SECONDS))
          .as("first token on route %s", route)
          .isNotEmpty();
    }

    assertThat(answers).noneMatch(CompletableFuture::isDone);
    toolsDone.countDown();
    for (CompletableFuture<String> answer : answers) {
      assertThat(answer.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo(Words.textOf(Words.BLUE));
    }
    assertThat(attempts)
        .hasSizeGreaterThanOrEqualTo(2 * USERS)
        .allMatch(attempt -> attempt.failure() == null, "nobody is blamed for a tool's time");
  }

  private CompletableFuture<String> ask(Caller user) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    AiServices.builder(Service.class)
        .streamingChatModel(model.forCaller(user))
        .tools(this)
        .build()
        .ask("work")
        .onPartialResponse(text -> {})
        .onCompleteResponse(response -> answer.complete(response.aiMessage().text()))
        .onError(answer::completeExceptionally)
        .start();
    return answer;
  }

  private static CompletableFuture<String> firstToken(
      ResilientStreamingChatModel model, String route) {
    CompletableFuture<String> first = new CompletableFuture<>();
    model.chat(
        ChatRequest.builder().messages(UserMessage.from("hello")).modelName(route).build(),
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String text) {
            first.complete(text);
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {}

          @Override
          public void onError(Throwable error) {
            first.completeExceptionally(error);
          }
        });
    return first;
  }
}
