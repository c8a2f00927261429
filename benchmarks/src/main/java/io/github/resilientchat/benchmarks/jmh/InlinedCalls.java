package io.github.resilientchat.benchmarks.jmh;

import dev.langchain4j.model.chat.response.ChatResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The hand-inlined router, with the framework's call in it and alone. */
@State(Scope.Benchmark)
public class InlinedCalls {

  private final InlinedRouter router = new InlinedRouter(Workload.TARGETS, new InstantModel());
  private final InlinedRouter alone =
      new InlinedRouter(Workload.TARGETS, new InstantModel.Bypassed());

  @Benchmark
  public ChatResponse call(User user, Processor processor) {
    return router.chat(Workload.TENANT, user.name, Workload.ESTIMATE.total(), InstantModel.HELLO);
  }

  @Benchmark
  public ChatResponse alone(User user, Processor processor) {
    return alone.chat(Workload.TENANT, user.name, Workload.ESTIMATE.total(), InstantModel.HELLO);
  }
}
