package io.github.resilientchat.benchmarks.jmh;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whole calls of decorated models that answer at once. */
public class DecoratedCalls {

  /** LangChain4j, all targets limited, a quota for each user. */
  @State(Scope.Benchmark)
  public static class LangChain4j {

    @Param({"8", "1000"})
    public int targets = Workload.TARGETS;

    @SuppressWarnings("NullAway.Init")
    private ChatModel model;

    @Setup
    public void setUp() {
      InstantModel instant = new InstantModel();
      model =
          ResilientChatModel.builder()
              .engine(Workload.engine(Workload.AMPLE))
              .route(Workload.route(targets, Workload.AMPLE), target -> instant)
              .build()
              .forCaller(Workload.caller(0));
    }

    ChatResponse chat() {
      return model.chat(InstantModel.HELLO);
    }
  }

  /** LangChain4j without limits and quotas. */
  @State(Scope.Benchmark)
  public static class Unlimited {

    private final InstantModel instant = new InstantModel();
    private final ChatModel model =
        ResilientChatModel.builder()
            .route(Workload.route(Workload.TARGETS, Limits.NONE), target -> instant)
            .build();
  }

  /** Spring AI, all targets limited, a quota for each user. */
  @State(Scope.Benchmark)
  public static class SpringAi {

    private final InstantSpringAiModel instant = new InstantSpringAiModel();
    private final org.springframework.ai.chat.model.ChatModel model =
        io.github.resilientchat.springai.ResilientChatModel.builder()
            .engine(Workload.engine(Workload.AMPLE))
            .route(Workload.route(Workload.TARGETS, Workload.AMPLE), target -> instant)
            .build()
            .forCaller(Workload.caller(0));

    org.springframework.ai.chat.model.ChatResponse call() {
      return model.call(InstantSpringAiModel.HELLO);
    }
  }

  @Benchmark
  public ChatResponse langChain4j(LangChain4j decorated, Processor processor) {
    return decorated.chat();
  }

  @Benchmark
  public ChatResponse langChain4jUnlimited(Unlimited decorated, Processor processor) {
    return decorated.model.chat(InstantModel.HELLO);
  }

  @Benchmark
  public org.springframework.ai.chat.model.ChatResponse springAi(
      SpringAi decorated, Processor processor) {
    return decorated.call();
  }
}
