package io.github.resilientchat.benchmarks.jmh;

import dev.langchain4j.model.chat.response.ChatResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The frameworks' own calls, of a model that answers at once. */
@State(Scope.Benchmark)
public class BareCalls {

  private final InstantModel langChain4j = new InstantModel();
  private final InstantSpringAiModel springAi = new InstantSpringAiModel();

  @Benchmark
  public ChatResponse langChain4j(Processor processor) {
    return langChain4j.chat(InstantModel.HELLO);
  }

  @Benchmark
  public org.springframework.ai.chat.model.ChatResponse springAi(Processor processor) {
    return springAi.call(InstantSpringAiModel.HELLO);
  }
}
