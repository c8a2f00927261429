package io.github.resilientchat.benchmarks.soak;

import io.github.resilientchat.benchmarks.rig.Noise;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The undecorated models, in a process of their own. */
public final class PlainSoak {

  private PlainSoak() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Noise.off();
    URI first = URI.create(arguments[0]);
    URI second = URI.create(arguments[1]);
    List<Tally> tallies =
        new Round(
                "plain",
                first,
                Undecorated.langChain4j(first),
                second,
                Undecorated.springAi(second),
                Integer.parseInt(arguments[3]))
            .run(Duration.parse(arguments[2]), () -> "undecorated");
    tallies.forEach(tally -> System.out.println(tally.failures()));
    tallies.forEach(tally -> System.out.println(Soak.ROW + tally));
    System.exit(0);
  }
}
