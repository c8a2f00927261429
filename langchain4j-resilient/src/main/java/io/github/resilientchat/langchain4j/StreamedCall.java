package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.EdgeRequest;
import io.github.resilientchat.core.adapter.FreshAnswer;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.adapter.StreamingCall;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One streamed call: what its handler is told, and the handle by which it cancels, at any time. */
final class StreamedCall implements StreamingHandle {

  private final ChatCall<StreamingChatModel> chat;
  private final StreamingChatResponseHandler handler;
  private final HandlerAudience audience;
  private final StreamingCall<Object> call;

  /**
   * @param callers the caller's thread as it was
   */
  StreamedCall(
      ChatCall<StreamingChatModel> chat,
      StreamThreads threads,
      UnaryOperator<Runnable> callers,
      StreamingChatResponseHandler handler) {
    this.chat = chat;
    this.handler = handler;
    this.audience = new HandlerAudience(this, chat, handler);
    this.call =
        new StreamingCall<>(
            chat.router(),
            chat.modelCall(),
            new StreamedModels(chat),
            audience,
            threads,
            // Whatever the route says: no other handler could be told to discard.
            new FreshAnswer(
                handler instanceof RestartableHandler,
                chat.router().route().policy(),
                chat.modelCall().timeLimit()),
            contextOf(chat, callers));
  }

  /**
   * The caller's thread as it was, the request, and the caller, however the call came to know it.
   */
  private static UnaryOperator<Runnable> contextOf(
      ChatCall<?> chat, UnaryOperator<Runnable> callers) {
    Caller caller = chat.modelCall().caller();
    UnaryOperator<Runnable> own = caller.isAnonymous() ? UnaryOperator.identity() : as(caller);
    UnaryOperator<Runnable> served = EdgeRequest.carrying();
    return task -> new InContext(callers, served.apply(own.apply(task)));
  }

  private static UnaryOperator<Runnable> as(Caller caller) {
    return task ->
        () -> {
          try (CallerScope ignored = CallerScope.carry(caller)) {
            task.run();
          }
        };
  }

  /** Throws what the first target's model throws when it refuses the request itself. */
  void begin() {
    chat.listeners().onRequest();
    if (handler instanceof StreamStartHandler starting) {
      audience.tell(to -> starting.onStart(this));
    }
    if (!isCancelled()) {
      call.begin();
      @Nullable Throwable refusal = audience.refusal();
      if (refusal != null) {
        raise(refusal);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void raise(Throwable error) throws E {
    throw (E) error;
  }

  @Override
  public void cancel() {
    call.cancel();
  }

  @Override
  public boolean isCancelled() {
    return call.isCancelled();
  }
}
