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

  /** What the JDK makes for a virtual thread, of which one tells each part that comes alone. */
  private static final long VIRTUAL_THREAD = 300;

  private static final int UNPINNED = 24;
  private static final int PARTS = 1_000;
  private static final int STREAMS = 5;
  private static final int ROUNDS = 8;

  @ParameterizedTest
  @EnumSource(Pace.class)
  void langChain4j(Pace pace) {
    LangChain4jStream stream = new LangChain4jStream(PARTS, pace);
    long bytes = leastPerPart(stream.decorated()) - leastPerPart(stream.plain());

    System.out.println("LangChain4j: " + bytes + " bytes a part, " + pace);
    assertThat(bytes).isLessThanOrEqualTo(MOST_LANGCHAIN4J + ofThreads(pace));
  }

  @ParameterizedTest
  @EnumSource(Pace.class)
  void springAi(Pace pace) {
    SpringAiStream stream = new SpringAiStream(PARTS, pace);
    long bytes = leastPerPart(stream.decorated()) - leastPerPart(stream.plain());

    System.out.println("Spring AI: " + bytes + " bytes a part, " + pace);
    assertThat(bytes).isLessThanOrEqualTo(MOST_SPRING_AI + ofThreads(pace));
  }

  /** Shared threads are virtual from Java 24 on. */
  private static long ofThreads(Pace pace) {
    return pace == Pace.ALONE && Runtime.version().feature() >= UNPINNED ? VIRTUAL_THREAD : 0;
  }

  /** The least of some rounds: the compiler removes more allocations with time. */
  private static long leastPerPart(Runnable stream) {
    long least = IntStream.range(0, ROUNDS).mapToLong(each -> bytesOf(stream)).min().orElseThrow();
    return least / (PARTS * STREAMS);
  }

  private static long bytesOf(Runnable stream) {
    long before = Allocated.byAllThreads();
    IntStream.range(0, STREAMS).forEach(each -> stream.run());
    return Allocated.byAllThreads() - before;
  }
}
