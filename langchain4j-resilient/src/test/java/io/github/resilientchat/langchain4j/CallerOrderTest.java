package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who pays when several say who it is: the nearest to the call, blocking and streaming alike. */
class CallerOrderTest {

  private final List<Caller> paid = new ArrayList<>();
  private final Engine engine = Engine.builder().quotas(this::admit).build();

  /** Who says so, the nearest to the call first. */
  enum Source {
    PARAMETERS,
    VIEW,
    SCOPE,
    RESOLVER,
    CARRIED
  }

  private Admission admit(ModelCall call) {
    paid.add(call.caller());
    return Admission.Unlimited.INSTANCE;
  }

  /** All from this one on say something, each something else. */
  @ParameterizedTest
  @EnumSource
  void nearestThatNamesACallerIsHeard(Source nearest) throws Exception {
    Caller carried = saying(Source.CARRIED, nearest);
    Caller opened = saying(Source.SCOPE, nearest);
    Caller resolved = saying(Source.RESOLVER, nearest);
    CallerResolver resolver = () -> Optional.ofNullable(resolved);
    try (CallerScope library = CallerScope.carry(carried);
        CallerScope application = CallerScope.open(opened)) {
      blocking(resolver, nearest);
      streaming(resolver, nearest);
    }

    Caller expected = Caller.user(nearest.name());
    assertThat(paid).containsExactly(expected, expected);
  }

  private static Caller saying(Source source, Source nearest) {
    return source.compareTo(nearest) < 0 ? null : Caller.user(source.name());
  }

  private void blocking(CallerResolver resolver, Source nearest) {
    ResilientChatModel model =
        ResilientChatModel.builder()
            .engine(engine)
            .callers(resolver)
            .target("a", ScriptedModel.named("a").answers("hi"))
            .build();
    Caller view = saying(Source.VIEW, nearest);
    (view == null ? model : model.forCaller(view)).chat(request(nearest));
  }

  private void streaming(CallerResolver resolver, Source nearest) throws Exception {
    ResilientStreamingChatModel model =
        ResilientStreamingChatModel.builder()
            .engine(engine)
            .callers(resolver)
            .target("a", ScriptedStream.named("a").answers("hi"))
            .build();
    Caller view = saying(Source.VIEW, nearest);
    RecordingHandler handler = new RecordingHandler();
    (view == null ? model : model.forCaller(view)).chat(request(nearest), handler);
    handler.answer();
  }

  private static ChatRequest request(Source nearest) {
    return nearest == Source.PARAMETERS
        ? ChatRequest.builder()
            .messages(Answers.hello().messages())
            .parameters(ResilientChatRequestParameters.forUser(nearest.name()))
            .build()
        : Answers.hello();
  }
}
