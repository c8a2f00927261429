package io.github.resilientchat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the decorators allocate for a part of a streamed answer, on all threads together, over what
 * the model itself costs. The call's own share is in it, as in a real answer.
 */
class PartBytesTest {

  private static final long MOST_LANGCHAIN4J = 300;
  private static final long MOST_SPRING_AI = 400;
  private static final int PARTS = 1_000;
  private static final int STREAMS = 5;
  private static final int ROUNDS = 8;

  @ParameterizedTest
  @EnumSource(Pace.class)
  void langChain4j(Pace pace) {
    LangChain4jStream stream = new LangChain4jStream(PARTS, pace);
    long bytes = leastPerPart(stream.decorated()) - leastPerPart(stream.plain());

    System.out.println("LangChain4j: " + bytes + " bytes a part, " + pace);
    assertThat(bytes).isLessThanOrEqualTo(MOST_LANGCHAIN4J);
  }

  @ParameterizedTest
  @EnumSource(Pace.class)
  void springAi(Pace pace) {
    SpringAiStream stream = new SpringAiStream(PARTS, pace);
    long bytes = leastPerPart(stream.decorated()) - leastPerPart(stream.plain());

    System.out.println("Spring AI: " + bytes + " bytes a part, " + pace);
    assertThat(bytes).isLessThanOrEqualTo(MOST_SPRING_AI);
  }

  /** The least of some rounds: the compiler removes more allocations with time. */
  private static long leastPerPart(Runnable stream) {
    Runnable round = () -> IntStream.range(0, STREAMS).forEach(each -> stream.run());
    return IntStream.range(0, ROUNDS)
            .mapToLong(each -> Allocated.by(round, Allocated::byAllThreads))
            .min()
            .orElseThrow()
        / (PARTS * STREAMS);
  }
}
