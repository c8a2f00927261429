package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.FreshAnswer;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.Resume;
import io.github.resilientchat.core.route.RoutePolicy;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Lets a consumer that can discard what it received have a fresh answer when a stream breaks after
 * content: {@code model.stream(prompt).contextWrite(BrokenStreams.restart())}. Off unless asked
 * for, stream by stream or, with {@link io.github.resilientchat.core.route.Resume#RESTART}, for a
 * route.
 *
 * <p>At most once per stream, where a new call makes sense and the route's timeout has not passed,
 * the stream does not end with {@link StreamInterruptedException} but goes on with a part for which
 * {@link #isRestart} is true and then with a whole new answer. The part has no text; its metadata
 * says {@value #RESTARTED} and, in {@value #REASON}, why. Everything before it must be discarded.
 * The broken answer stays charged, and the new one counts against the caller's quota like any call.
 *
 * <p>Not for consumers that join whatever they get, such as {@code ChatClient}'s {@code content()},
 * chat memory and {@code MessageAggregator}: they would join the broken answer and the new one. In
 * a tool loop models are told the new one alone, whoever runs the tools.
 */
public final class BrokenStreams {

  /** Metadata key, {@code true}: discard what came before. */
  public static final String RESTARTED = "resilient.restarted";

  /** Metadata key: how the stream before broke. */
  public static final String REASON = "resilient.restarted.reason";

  private static final String KEY = "resilient.restart";

  private BrokenStreams() {}

  /** A context that asks for a fresh answer when the stream breaks. */
  public static Context restart() {
    return Context.of(KEY, true);
  }

  /** Whether this part says that everything before it must be discarded. */
  public static boolean isRestart(ChatResponse part) {
    return Boolean.TRUE.equals(part.getMetadata().get(RESTARTED));
  }

  static FreshAnswer fresh(ContextView context, RoutePolicy policy) {
    boolean wanted = context.getOrDefault(KEY, false) || policy.resume() == Resume.RESTART;
    return new FreshAnswer(wanted, policy, null);
  }

  static ChatResponse marker(StreamInterruptedException broken) {
    String reason = String.valueOf(broken.getMessage());
    // On the generation too, where consumers of a ChatClient look first.
    ChatGenerationMetadata said =
        ChatGenerationMetadata.builder().metadata(RESTARTED, true).metadata(REASON, reason).build();
    AssistantMessage nothing =
        AssistantMessage.builder()
            .content("")
            .properties(Discarded.note(broken.partialText()))
            .build();
    return new ChatResponse(
        List.of(new Generation(nothing, said)),
        ChatResponseMetadata.builder().keyValue(RESTARTED, true).keyValue(REASON, reason).build());
  }
}
