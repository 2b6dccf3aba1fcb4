package dev.troupe.apiserver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeTlsTest {

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void isThereWhereTheLibraryIs() {
    var library = "/META-INF/native/libnetty_tcnative_linux_x86_64.so";

    assertThat(NativeTls.isThere()).isEqualTo(NativeTls.class.getResource(library) != null);
  }
}
