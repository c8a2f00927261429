package io.github.resilientchat.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import io.github.resilientchat.transparency.Difference.Plain;
import io.github.resilientchat.transparency.Feature.Mode;
import io.github.resilientchat.transparency.Feature.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;

/** A decorated call is the plain model's call, or a difference that is listed. */
class TransparencyTest {

  private static final Table TABLE = new Table();
  private static Backend backend;
  private static Starter starter;

  @BeforeAll
  static void start() {
    backend = new Backend();
    starter = new Starter(backend.bedrock.endpoint());
  }

  @AfterAll
  static void stop() {
    System.out.println(TABLE);
    starter.close();
    backend.close();
  }

  private static List<Feature> features() {
    List<Feature> all = new ArrayList<>();
    LangChain4jCases langChain4j = new LangChain4jCases(new LangChain4jLab(backend, starter));
    new LangChain4jFeatures(langChain4j).addTo(all);
    new BedrockParameters(langChain4j).addTo(all);
    ServiceFeatures.addLangChain4j(all, langChain4j);
    new ServiceCases(langChain4j.lab()).addTo(all);
    SpringAiCases springAi = new SpringAiCases(new SpringAiLab(backend, starter));
    new SpringAiFeatures(springAi).addTo(all);
    new SpringAiTools(springAi).addTo(all);
    new SpringAiClients(springAi).addTo(all);
    return all;
  }

  @TestFactory
  Stream<DynamicTest> contract() {
    return features().stream()
        .flatMap(
            feature ->
                feature.trials.keySet().stream()
                    .map(
                        mode ->
                            DynamicTest.dynamicTest(
                                feature.name + ", " + mode, () -> compare(feature, mode))));
  }

  @Test
  void everyMeantDifferenceIsExplained() throws Exception {
    String page = Files.readString(Path.of("../docs/differences.md"));

    assertThat(Differences.ALL)
        .allSatisfy(difference -> assertThat(page).contains("## " + difference.name()));
  }

  @Test
  void everyStopReasonOfTheApiIsTried() {
    assertThat(ServiceFeatures.STOP_REASONS)
        .containsAll(StopReason.knownValues().stream().map(StopReason::toString).toList());
  }

  private static void compare(Feature feature, Mode mode) throws Exception {
    List<String> told = transcript(feature, mode, Way.PLAIN, feature.script);
    Plain plain =
        new Plain(
            told,
            feature.likened == null ? told : transcript(feature, mode, Way.PLAIN, feature.likened));
    List<String> unexplained = new ArrayList<>();
    for (Way way : List.of(Way.BUILDER, Way.GUARDED, Way.STARTER)) {
      if (way == Way.STARTER && !feature.starters) {
        TABLE.put(feature.name, mode, way, "n/a");
        continue;
      }
      Comparison compared =
          Comparison.of(transcript(feature, mode, way, feature.script), plain, way == Way.STARTER);
      TABLE.put(feature.name, mode, way, compared.shown());
      if (!compared.isExplained()) {
        unexplained.add(way + ":\n" + compared);
      }
    }
    assertThat(unexplained).isEmpty();
  }

  private static List<String> transcript(Feature feature, Mode mode, Way way, Script script)
      throws Exception {
    Transcript heard = new Transcript();
    backend.bedrock.script(script::answer);
    feature.trials.get(mode).run(way, heard);
    heard.requests(backend.bedrock.requests());
    if (way == Way.STARTER && !feature.rest.isZero()) {
      heal(feature.rest);
    }
    return heard.lines();
  }

  /** The target answers again, and has done so for long. */
  private static void heal(Duration rest) {
    starter.rest(rest);
    backend.bedrock.script(request -> Reply.text("ok"));
    starter.bean(ChatModel.class).chat("Are you there?");
    starter.rest(ServiceFeatures.REST);
  }
}
