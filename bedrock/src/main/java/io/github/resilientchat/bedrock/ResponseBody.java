package io.github.resilientchat.bedrock;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * The body of an answer, which is aborted when it is closed before anybody read of it. An HTTP
 * client reads the rest on closing, to keep the connection; the SDK closes an answer so when it
 * sees an interruption before it reads, and takes the interruption back, so that nothing would end
 * that.
 */
final class ResponseBody extends FilterInputStream {

  private final Abortable request;
  private boolean begun;

  private ResponseBody(InputStream body, Abortable request) {
    super(body);
    this.request = request;
  }

  static AbortableInputStream of(AbortableInputStream body, Abortable request) {
    return AbortableInputStream.create(new ResponseBody(body, request), body);
  }

  @Override
  public int read() throws IOException {
    begun = true;
    return super.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    begun = true;
    return super.read(buffer, offset, length);
  }

  @Override
  public long skip(long count) throws IOException {
    begun = true;
    return super.skip(count);
  }

  @Override
  public void close() throws IOException {
    if (begun) {
      super.close();
    } else {
      request.abort();
    }
  }
}
