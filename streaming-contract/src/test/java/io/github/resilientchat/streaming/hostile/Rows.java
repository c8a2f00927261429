package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.Shape.CALL;
import static io.github.resilientchat.streaming.Shape.CHAT;
import static io.github.resilientchat.streaming.Shape.FLUX;
import static io.github.resilientchat.streaming.Shape.HANDLER;
import static io.github.resilientchat.streaming.hostile.Behaviour.CANCELS;
import static io.github.resilientchat.streaming.hostile.Behaviour.RETURNS_NULL;
import static io.github.resilientchat.streaming.hostile.Behaviour.THROWS_AN_ERROR;
import static io.github.resilientchat.streaming.hostile.Behaviour.THROWS_SNEAKILY;
import static io.github.resilientchat.streaming.hostile.Ending.ANSWERED;
import static io.github.resilientchat.streaming.hostile.Ending.FAILED;
import static io.github.resilientchat.streaming.hostile.Ending.LEFT;
import static io.github.resilientchat.streaming.hostile.Ending.OWN;
import static io.github.resilientchat.streaming.hostile.Ending.SILENT;

import java.util.List;
import java.util.stream.Stream;

/** The contract, point by point. */
final class Rows {

  private static final String LANGCHAIN4J = "only LangChain4j has it";
  private static final String STREAMED_LANGCHAIN4J = "only LangChain4j's streams have it";
  private static final String SPRING_AI = "only Spring AI has it";
  private static final String FLUXES = "only Spring AI's streams have it";
  private static final String STREAMS = "blocking calls stay on their caller's thread";

  private Rows() {}

  static List<Row> all() {
    return Stream.of(engine(), langChain4j(), handler(), springAi(), threads(), models(), tools())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Row> engine() {
    return List.of(
        Row.at(Point.CLASSIFIER),
        Row.at(Point.STRATEGY),
        Row.at(Point.ON_ATTEMPT).returnsNothing(),
        // The answer is there, and settled, when it is asked.
        Row.at(Point.ON_CALL).returnsNothing().ends(CANCELS, ANSWERED, CHAT, CALL),
        Row.at(Point.RESOLVER).thrown(OWN).without(CANCELS, Row.NO_HANDLE_YET, HANDLER, FLUX),
        Row.at(Point.ADMIT).thrown(OWN).ends(RETURNS_NULL, FAILED),
        Row.at(Point.RESERVATION).returnsNothing().ends(CANCELS, ANSWERED, CHAT, CALL),
        Row.at(Point.BREAKER_EVENT).returnsNothing().ends(CANCELS, ANSWERED, CHAT, CALL),
        Row.at(Point.BREAKER_TRANSITION).returnsNothing(),
        // Resilience4j adds no breaker whose consumer throws, so that there is no model either.
        Row.at(Point.BREAKER_ADDED)
            .returnsNothing()
            .thrown(OWN)
            .without(CANCELS, Row.NO_HANDLE_YET, HANDLER, FLUX));
  }

  private static List<Row> langChain4j() {
    String own = LANGCHAIN4J;
    String streams = STREAMED_LANGCHAIN4J;
    return List.of(
        Row.at(Point.LISTENER_REQUEST)
            .only(own, CHAT, HANDLER)
            .returnsNothing()
            .without(CANCELS, Row.NO_HANDLE_YET, HANDLER),
        Row.at(Point.LISTENER_RESPONSE)
            .only(own, CHAT, HANDLER)
            .returnsNothing()
            .ends(CANCELS, ANSWERED, CHAT),
        Row.at(Point.LISTENER_ERROR)
            .only(own, CHAT, HANDLER)
            .returnsNothing()
            .ends(CANCELS, SILENT, HANDLER),
        Row.at(Point.CONTEXT_CAPTURE)
            .only(streams, HANDLER)
            .thrown(OWN)
            .without(CANCELS, Row.NO_HANDLE_YET),
        Row.at(Point.CONTEXT_WRAP).only(streams, HANDLER),
        Row.at(Point.CONTEXT_RUN).only(streams, HANDLER).returnsNothing(),
        // The last task has told the answer by then, or nothing but the first words.
        Row.at(Point.CONTEXT_AFTER)
            .only(streams, HANDLER)
            .returnsNothing()
            .without(CANCELS, "whether there was an end before is a matter of time"));
  }

  private static List<Row> handler() {
    String why = STREAMED_LANGCHAIN4J;
    return List.of(
        Row.at(Point.HANDLER_START).only(why, HANDLER).returnsNothing(),
        Row.at(Point.HANDLER_PARTIAL).only(why, HANDLER).returnsNothing(),
        Row.at(Point.HANDLER_COMPLETE).only(why, HANDLER).returnsNothing().ends(CANCELS, ANSWERED),
        Row.at(Point.HANDLER_ERROR).only(why, HANDLER).returnsNothing());
  }

  private static List<Row> springAi() {
    String why = FLUXES;
    return List.of(
        Row.at(Point.SUBSCRIBER_START).only(why, FLUX).returnsNothing().thrown(OWN),
        Row.at(Point.SUBSCRIBER_NEXT).only(why, FLUX).returnsNothing().thrown(OWN),
        Row.at(Point.SUBSCRIBER_COMPLETE).only(why, FLUX).returnsNothing().ends(CANCELS, ANSWERED),
        Row.at(Point.SUBSCRIBER_ERROR).only(why, FLUX).returnsNothing(),
        // Micrometer lets its handlers' errors through, but an answer is worth more than its
        // record.
        Row.at(Point.OBSERVATION_START)
            .only(SPRING_AI, CALL, FLUX)
            .returnsNothing()
            .without(CANCELS, Row.NO_HANDLE_YET, FLUX),
        Row.at(Point.OBSERVATION_SCOPE)
            .only("a stream opens a scope only where Reactor propagates context", CALL)
            .returnsNothing(),
        // The first that stops is the attempt's, before the subscriber hears the end.
        Row.at(Point.OBSERVATION_STOP)
            .only(SPRING_AI, CALL, FLUX)
            .returnsNothing()
            .ends(CANCELS, ANSWERED, CALL),
        Row.at(Point.OBSERVATION_ERROR)
            .only(SPRING_AI, CALL, FLUX)
            .returnsNothing()
            .ends(CANCELS, SILENT, FLUX));
  }

  private static List<Row> threads() {
    String twice = "as the row above: it throws the same to us";
    return List.of(
        Row.at(Point.EXECUTOR).only(STREAMS, HANDLER, FLUX).returnsNothing(),
        Row.at(Point.EXECUTOR_REJECTS)
            .only(STREAMS, HANDLER, FLUX)
            .returnsNothing()
            .without(THROWS_AN_ERROR, twice)
            .without(THROWS_SNEAKILY, twice),
        Row.at(Point.EXECUTOR_ON_THE_SPOT)
            .only(STREAMS, HANDLER, FLUX)
            .returnsNothing()
            .without(CANCELS, "whether there was an end before is a matter of time"));
  }

  private static List<Row> models() {
    return List.of(
        // What nobody knows, of a target that has not taken the request, is the caller's own.
        Row.at(Point.MODEL).thrown(OWN).without(RETURNS_NULL, Row.RETURNS_NOTHING, HANDLER),
        Row.at(Point.MODEL_CONTENT)
            .only("a blocking call has its answer at once", HANDLER, FLUX)
            .thrown(OWN)
            .ends(RETURNS_NULL, FAILED));
  }

  private static List<Row> tools() {
    return List.of(
        Row.at(Point.TOOL_MANAGER)
            .only(SPRING_AI, CALL, FLUX)
            .thrown(OWN)
            .ends(RETURNS_NULL, FAILED),
        Row.at(Point.SPRING_TOOL).only(SPRING_AI, CALL, FLUX).thrown(OWN),
        // LangChain4j tells the model what its tool threw.
        Row.at(Point.LANGCHAIN4J_TOOL)
            .only(LANGCHAIN4J, CHAT, HANDLER)
            .ends(CANCELS, LEFT, CHAT)
            // Its handle is that of the round that has ended.
            .ends(CANCELS, ANSWERED, HANDLER));
  }
}
