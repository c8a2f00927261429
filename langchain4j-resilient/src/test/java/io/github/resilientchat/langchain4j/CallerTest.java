package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.report.UnknownCallerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {

  private final List<Caller> callers = new ArrayList<>();
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
  private final ScriptedModel delegate = ScriptedModel.named("model-a").answers("hi");
  private final ResilientChatModel model =
      ResilientChatModel.builder().engine(engine).target("a", delegate).build();

  @Test
  void requestParametersComeBeforeOptionsBeforeTheViewBeforeTheThread() {
    ResilientChatModel view = model.forCaller(Caller.user("view"));
    ChatRequestOptions options =
        ChatRequestOptions.builder()
            .addListenerAttribute(ResilientChatRequestParameters.USER_ATTRIBUTE, "options")
            .addListenerAttribute(ResilientChatRequestParameters.TENANT_ATTRIBUTE, "acme")
            .build();

    try (CallerScope ignored = CallerScope.open(Caller.user("thread"))) {
      view.chat(request(ResilientChatRequestParameters.forUser("parameters")), options);
      view.chat(Answers.hello(), options);
      view.chat(Answers.hello());
      model.chat(Answers.hello());
    }
    model.chat(Answers.hello());

    assertThat(callers)
        .containsExactly(
            Caller.user("parameters"),
            Caller.of("options", "acme"),
            Caller.user("view"),
            Caller.user("thread"),
            Caller.ANONYMOUS);
  }

  @Test
  void applicationsOwnResolverIsAskedLast() {
    ResilientChatModel resolving =
        ResilientChatModel.builder()
            .engine(engine)
            .target("a", delegate)
            .callers(() -> Optional.of(Caller.user("session")))
            .build();

    resolving.chat(Answers.hello());
    resolving.forCaller(Caller.user("view")).chat(Answers.hello());

    assertThat(callers).containsExactly(Caller.user("session"), Caller.user("view"));
  }

  @Test
  void callerNeverReachesTheTarget() {
    model.chat(request(ResilientChatRequestParameters.forUser("alice")));

    ChatRequestParameters sent = delegate.requests().get(0).parameters();
    assertThat(sent).isExactlyInstanceOf(DefaultChatRequestParameters.class);
    assertThat(delegate.requests().toString()).doesNotContain("alice");
  }

  @Test
  void eachUserHasAQuotaOfTheirOwn() {
    ResilientChatModel limited = limited();
    ResilientChatModel alice = limited.forCaller(Caller.user("alice"));
    alice.chat("hello");

    assertThatThrownBy(() -> alice.chat("hello"))
        .isInstanceOf(QuotaExceededException.class)
        .hasMessageContaining("1rpm");
    assertThat(limited.forCaller(Caller.user("bob")).chat("hello")).isEqualTo("hi");
    assertThat(delegate.requests()).hasSize(2);
  }

  @Test
  void callWithoutAUserIsRefusedWhereQuotasAreSet() {
    assertThatThrownBy(() -> limited().chat("hello")).isInstanceOf(UnknownCallerException.class);
    assertThat(delegate.requests()).isEmpty();
  }

  @Test
  void streamOverItsQuotaEndsWithTheRefusal() {
    ScriptedStream stream = ScriptedStream.named("model-a").answers("hi");
    ResilientStreamingChatModel alice =
        ResilientStreamingChatModel.builder()
            .engine(quotas())
            .target("a", stream)
            .build()
            .forCaller(Caller.user("alice"));
    alice.chat(Answers.hello(), new RecordingHandler());
    RecordingHandler refused = new RecordingHandler();

    alice.chat(Answers.hello(), refused);

    assertThat(refused.error()).isInstanceOf(QuotaExceededException.class);
    assertThat(stream.requests()).hasSize(1);
  }

  private ResilientChatModel limited() {
    return ResilientChatModel.builder().engine(quotas()).target("a", delegate).build();
  }

  private static Engine quotas() {
    Plan plan = new Plan("free", Limits.parse("1rpm"), Set.of());
    return Engine.builder().quotas(PlanQuotas.builder().everyone(plan).build()).build();
  }

  private static ChatRequest request(ChatRequestParameters parameters) {
    return ChatRequest.builder()
        .messages(Answers.hello().messages())
        .parameters(parameters)
        .build();
  }
}
