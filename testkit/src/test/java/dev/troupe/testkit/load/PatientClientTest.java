package dev.troupe.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.ApiCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class PatientClientTest {

  private static final class Server implements ApiCalls {

    private @Nullable IOException failure;

    @Override
    public Api.Answer send(String verb, String path, String body, String contentType) {
      if (failure != null) {
        throw new UncheckedIOException(failure);
      }
      return new Api.Answer(200, JsonNodeFactory.instance.objectNode());
    }

    @Override
    public InputStream watch(String path) {
      throw new UnsupportedOperationException();
    }
  }

  private final Server own = new Server();
  private final Server other = new Server();
  private final PatientClient client =
      new PatientClient(List.of(new AskedServer(0, own), new AskedServer(1, other)), 0);

  private int asked() {
    assertThat(client.get("/version").code()).isEqualTo(200);
    return client.through();
  }

  @Test
  void requestThatNobodyTakesGoesToTheNext() {
    own.failure = new ConnectException("refused");
    assertThat(asked()).isEqualTo(1);
    own.failure = null;
    assertThat(asked()).isEqualTo(0);
  }

  @Test
  void clientTurnsAwayForAWhileFromWhoeverDoesNotAnswer() {
    own.failure = new HttpTimeoutException("frozen");
    assertThatThrownBy(() -> client.get("/version")).isInstanceOf(UncheckedIOException.class);
    assertThat(client.fault()).isEqualTo("no answer");
    own.failure = null;
    var through = new ArrayList<Integer>();
    for (int i = 0; i < 11; i++) {
      through.add(asked());
    }
    assertThat(through).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0);
  }
}
