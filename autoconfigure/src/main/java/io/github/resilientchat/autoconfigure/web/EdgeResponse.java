package io.github.resilientchat.autoconfigure.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A response that says what is left with its first byte, and keeps the status of a stream open
 * until then: Spring MVC sends the head of a stream before anything is in it, and a call that is
 * refused would be one that succeeded. One thread at a time writes to it, and another one may open
 * it meanwhile.
 */
final class EdgeResponse extends HttpServletResponseWrapper {

  private final Supplier<Map<String, String>> headers;
  private @Nullable ServletOutputStream stream;
  private final AtomicReference<@Nullable Beginning> beginning = new AtomicReference<>();
  private volatile boolean begun;
  private volatile boolean held;
  private volatile boolean open;

  /** One thread begins the answer; others wait until it has, and hold no lock meanwhile. */
  private record Beginning(Thread by, CompletableFuture<Boolean> over) {

    static Beginning ofThisThread() {
      return new Beginning(Thread.currentThread(), new CompletableFuture<>());
    }

    void await() {
      if (by != Thread.currentThread()) {
        over.join();
      }
    }
  }

  /** What sends the head. */
  private interface Sending {
    void send() throws IOException;
  }

  EdgeResponse(HttpServletResponse response, Supplier<Map<String, String>> headers) {
    super(response);
    this.headers = headers;
  }

  private void begin() throws IOException {
    if (!begun) {
      begin(() -> {});
    }
  }

  /** Whoever opens it is done before the first byte follows. */
  private void begin(Sending head) throws IOException {
    Beginning own = Beginning.ofThisThread();
    @Nullable Beginning first = beginning.compareAndExchange(null, own);
    if (first != null) {
      first.await();
      return;
    }
    try {
      if (!isCommitted()) {
        headers.get().forEach(this::setHeaderUnlessSaid);
      }
      head.send();
    } finally {
      begun = true;
      own.over().complete(true);
    }
  }

  /** It is served, and may have no bytes at all. */
  void ends() throws IOException {
    begin();
  }

  /** The head may go, before any byte: at once if it was held back, else when it is sent. */
  void opens() throws IOException {
    open = true;
    if (held) {
      begin(super::flushBuffer);
    }
  }

  /** A problem says its own. */
  private void setHeaderUnlessSaid(String name, String value) {
    if (!containsHeader(name)) {
      setHeader(name, value);
    }
  }

  private boolean holdsBack() {
    if (begun || open || !isStreamed()) {
      return false;
    }
    held = true;
    // Whoever opens it from here on finds it held; who did just before may not have.
    return !open;
  }

  private boolean isStreamed() {
    @Nullable String type = getContentType();
    return type != null
        && (type.startsWith("text/event-stream") || type.startsWith("application/x-ndjson"));
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (stream == null) {
      stream = new FirstByte(super.getOutputStream());
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    begin();
    return super.getWriter();
  }

  @Override
  public void flushBuffer() throws IOException {
    if (!holdsBack()) {
      begin();
      super.flushBuffer();
    }
  }

  @Override
  public void reset() {
    super.reset();
    beginning.set(null);
    begun = false;
    held = false;
    open = false;
  }

  /** Notices the first byte. */
  private final class FirstByte extends ServletOutputStream {

    private final ServletOutputStream out;

    FirstByte(ServletOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int letter) throws IOException {
      begin();
      out.write(letter);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (length > 0) {
        begin();
      }
      out.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      if (!holdsBack()) {
        begin();
        out.flush();
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }

    @Override
    public boolean isReady() {
      return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      out.setWriteListener(listener);
    }
  }
}
