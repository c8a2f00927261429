package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InternalServerException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What later attempts see of the thread that made the call. */
class CallContextTest {

  private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

  private final ExecutorService provider = Executors.newSingleThreadExecutor();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final RecordingHandler handler = new RecordingHandler();
  private final ScriptedStream failing =
      ScriptedStream.named("model-a")
          .then(
              to ->
                  provider.execute(() -> to.onError(new InternalServerException("from nowhere"))));
  private final ScriptedStream second =
      ScriptedStream.named("model-b")
          .then(
              to -> {
                seen.add(MDC.get("request") + " " + TENANT.get());
                to.onCompleteResponse(Answers.text("from b"));
              });

  @AfterEach
  void stop() {
    MDC.clear();
    TENANT.remove();
    provider.shutdownNow();
    executor.shutdownNow();
  }

  @Test
  void secondTargetIsCalledWithTheCallersMdcAndNothingOfItStays() throws Exception {
    MDC.put("request", "42");
    builder().build().chat(Answers.hello(), handler);
    handler.answer();

    assertThat(seen).containsExactly("42 null");
    assertThat(executor.submit(() -> MDC.get("request")).get()).isNull();
    assertThat(MDC.get("request")).isEqualTo("42");
  }

  @Test
  void callersLaterMdcIsNotSeen() throws Exception {
    MDC.put("request", "42");
    ScriptedStream slow = ScriptedStream.named("model-a");
    ResilientStreamingChatModel.builder()
        .executor(executor)
        .target("a", slow)
        .fallback("b", second)
        .build()
        .chat(Answers.hello(), handler);
    MDC.put("request", "43");
    slow.stream().onError(new InternalServerException("down"));
    handler.answer();

    assertThat(seen).containsExactly("42 null");
  }

  @Test
  void mdcOfAnExecutorsThreadIsItsOwnAgain() throws Exception {
    executor.submit(() -> MDC.put("request", "of the thread")).get();
    builder().build().chat(Answers.hello(), handler);
    handler.answer();

    assertThat(seen).containsExactly("null null");
    assertThat(executor.submit(() -> MDC.get("request")).get()).isEqualTo("of the thread");
  }

  @Test
  void applicationsOwnContextIsCarriedBesideTheMdc() throws Exception {
    MDC.put("request", "42");
    TENANT.set("acme");
    builder().context(tenant()).build().chat(Answers.hello(), handler);
    handler.answer();

    assertThat(seen).containsExactly("42 acme");
    assertThat(executor.submit(TENANT::get).get()).isNull();
  }

  @Test
  void contextThatFailsKeepsNoStreamFromItsEnd() throws Exception {
    CallContext wrapping =
        () ->
            task -> {
              throw new IllegalStateException("no context");
            };
    CallContext running =
        () ->
            task ->
                () -> {
                  throw new IllegalStateException("no context");
                };
    for (CallContext broken : List.of(wrapping, running)) {
      RecordingHandler told = new RecordingHandler();
      builder().context(broken).build().chat(Answers.hello(), told);

      assertThat(told.answer().aiMessage().text()).isEqualTo("from b");
    }
  }

  private static CallContext tenant() {
    return () -> {
      String tenant = TENANT.get();
      return task ->
          () -> {
            TENANT.set(tenant);
            try {
              task.run();
            } finally {
              TENANT.remove();
            }
          };
    };
  }

  private ResilientStreamingChatModel.Builder builder() {
    return ResilientStreamingChatModel.builder()
        .executor(executor)
        .target("a", failing)
        .fallback("b", second);
  }
}
