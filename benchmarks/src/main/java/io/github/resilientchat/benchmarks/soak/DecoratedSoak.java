package io.github.resilientchat.benchmarks.soak;

import io.github.resilientchat.benchmarks.rig.Noise;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The decorated models, in a process of their own; exits with 1 when they broke their word. */
public final class DecoratedSoak {

  private DecoratedSoak() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Noise.off();
    URI first = URI.create(arguments[0]);
    URI second = URI.create(arguments[1]);
    // One engine for each framework, since each has a simulator of its own.
    Decorated langChain4j = new Decorated(first);
    Decorated springAi = new Decorated(second);
    Vitals vitals = new Vitals(Integer.parseInt(arguments[4]));
    List<Tally> tallies =
        new Round(
                "resilient",
                first,
                Listening.to(langChain4j.langChain4j()),
                second,
                Listening.to(springAi.springAi()),
                Integer.parseInt(arguments[3]))
            .run(Duration.parse(arguments[2]), vitals::sample);
    tallies.forEach(tally -> System.out.println(tally.failures()));
    System.out.println(vitals);
    System.out.println("resilient LangChain4j: " + langChain4j.books());
    System.out.println("resilient Spring AI: " + springAi.books());
    tallies.forEach(tally -> System.out.println(Soak.ROW + tally));
    boolean kept =
        vitals.flat()
            && langChain4j.books().balanced()
            && springAi.books().balanced()
            && tallies.stream().allMatch(tally -> tally.broken() == 0);
    System.exit(kept ? 0 : 1);
  }
}
