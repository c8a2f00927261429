package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Admission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/** Who pays when several say who it is: the nearest to the call, blocking and streaming alike. */
class CallerOrderTest {

  private static final Duration AT_MOST = Duration.ofSeconds(30);

  private final List<Caller> paid = new CopyOnWriteArrayList<>();
  private final Engine engine = Engine.builder().quotas(this::admit).build();

  /** Who says so, the nearest to the call first. */
  enum Source {
    ADVISOR,
    VIEW,
    /** Of a stream. */
    CONTEXT,
    SCOPE,
    RESOLVER,
    CARRIED
  }

  private Admission admit(ModelCall call) {
    paid.add(call.caller());
    return Admission.Unlimited.INSTANCE;
  }

  private ResilientChatModel model(Caller resolved) {
    ScriptedChatModel target = ScriptedChatModel.streaming().then(Flux.just(text("hi"), end(1, 1)));
    return ResilientChatModel.builder()
        .engine(engine)
        .callers(() -> Optional.ofNullable(resolved))
        .target("a", target)
        .build();
  }

  /** All from this one on say something, each something else. */
  @ParameterizedTest
  @EnumSource
  void nearestThatNamesACallerIsHeard(Source nearest) {
    ResilientChatModel model = model(saying(Source.RESOLVER, nearest));
    Caller view = saying(Source.VIEW, nearest);
    ChatClient client = client(view == null ? model : model.forCaller(view), both());
    try (CallerScope library = CallerScope.carry(saying(Source.CARRIED, nearest));
        CallerScope application = CallerScope.open(saying(Source.SCOPE, nearest))) {
      if (nearest != Source.CONTEXT) {
        request(client, nearest).call().content();
      }
      Caller context = saying(Source.CONTEXT, nearest);
      request(client, nearest).stream()
          .content()
          .contextWrite(context == null ? Context.empty() : CallerContext.of(context))
          .blockLast(AT_MOST);
    }

    assertThat(paid)
        .hasSize(nearest == Source.CONTEXT ? 1 : 2)
        .containsOnly(Caller.user(nearest.name()));
  }

  /** Without the second advisor the first one's word is that of a scope or a context. */
  @Test
  void advisorComesBeforeTheApplicationsResolver() {
    ChatClient client = client(model(Caller.user("resolver")), List.of(new CallerAdvisor()));

    request(client, Source.ADVISOR).call().content();
    request(client, Source.ADVISOR).stream().content().blockLast(AT_MOST);

    Caller expected = Caller.user(Source.ADVISOR.name());
    assertThat(paid).containsExactly(expected, expected);
  }

  private static List<Advisor> both() {
    return CallerAdvisor.advisors();
  }

  private static ChatClient client(ResilientChatModel model, List<Advisor> advisors) {
    return ChatClient.builder(model).defaultAdvisors(advisors).build();
  }

  private static ChatClient.ChatClientRequestSpec request(ChatClient client, Source nearest) {
    ChatClient.ChatClientRequestSpec request = client.prompt("hello");
    return nearest == Source.ADVISOR
        ? request.advisors(advisor -> advisor.param(CallerAdvisor.USER, nearest.name()))
        : request;
  }

  private static Caller saying(Source source, Source nearest) {
    return source.compareTo(nearest) < 0 ? null : Caller.user(source.name());
  }
}
