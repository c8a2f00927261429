package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import software.amazon.eventstream.Message;

class FrameCodecTest {

  private static final Frame STOP =
      new Frame("contentBlockStop", Json.object().put("contentBlockIndex", 0), 0);

  @Test
  void frameHasTheBytesOfTheRealService() {
    assertThat(HexFormat.of().formatHex(FrameCodec.event(STOP)))
        .isEqualTo(
            "0000007d00000056e6680fd60b3a6576656e742d74797065070010636f6e74656e74426c6f636b53746f70"
                + "0d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d657373"
                + "6167652d747970650700056576656e747b22636f6e74656e74426c6f636b496e646578223a307d"
                + "b32e4d34");
  }

  @Test
  void corruptedFrameFailsOnlyItsMessageChecksum() {
    byte[] corrupted = FrameCodec.corrupted(FrameCodec.event(STOP));
    assertThatThrownBy(() -> Message.decode(ByteBuffer.wrap(corrupted)))
        .hasMessageContaining("checksum");
  }
}
