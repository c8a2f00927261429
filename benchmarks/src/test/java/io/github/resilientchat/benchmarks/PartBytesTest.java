package io.github.resilientchat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
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

  /** On a machine that is busy, and compiles late. */
  private static final int MOST_ROUNDS = 60;

  @ParameterizedTest
  @EnumSource(Pace.class)
  void langChain4j(Pace pace) {
    LangChain4jStream stream = new LangChain4jStream(PARTS, pace);
    long most = MOST_LANGCHAIN4J + ofThreads(pace);
    long bytes = leastOver(stream.plain(), stream.decorated(), most);

    System.out.println("LangChain4j: " + bytes + " bytes a part, " + pace);
    assertThat(bytes).isLessThanOrEqualTo(most);
  }

  @ParameterizedTest
  @EnumSource(Pace.class)
  void springAi(Pace pace) {
    SpringAiStream stream = new SpringAiStream(PARTS, pace);
    long most = MOST_SPRING_AI + ofThreads(pace);
    long bytes = leastOver(stream.plain(), stream.decorated(), most);

    System.out.println("Spring AI: " + bytes + " bytes a part, " + pace);
    assertThat(bytes).isLessThanOrEqualTo(most);
  }

  /** Shared threads are virtual from Java 24 on. */
  private static long ofThreads(Pace pace) {
    return pace == Pace.ALONE && Runtime.version().feature() >= UNPINNED ? VIRTUAL_THREAD : 0;
  }

  /** The least of some rounds: the compiler removes more allocations with time. */
  private static long leastOver(Runnable plain, Runnable decorated, long enough) {
    long least = leastPerPart(decorated);
    long own = leastPerPart(plain);
    for (int round = ROUNDS; round < MOST_ROUNDS && least - own > enough; round++) {
      least = Math.min(least, perPart(decorated));
    }
    return least - own;
  }

  private static long leastPerPart(Runnable stream) {
    return IntStream.range(0, ROUNDS).mapToLong(each -> perPart(stream)).min().orElseThrow();
  }

  /** Measured anew when a thread ended meanwhile. */
  private static long perPart(Runnable stream) {
    for (int again = 0; again < ROUNDS; again++) {
      OptionalLong bytes =
          Allocated.byAllThreadsDuring(
              () -> IntStream.range(0, STREAMS).forEach(each -> stream.run()));
      if (bytes.isPresent()) {
        return bytes.getAsLong() / (PARTS * STREAMS);
      }
    }
    throw new AssertionError("threads end all the time, and what they allocated is not known");
  }
}
