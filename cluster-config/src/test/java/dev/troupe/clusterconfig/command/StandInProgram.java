package dev.troupe.clusterconfig.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.troupe.api.extension.Extension;
import dev.troupe.clusterconfig.certificates.MemberCertificates;
import dev.troupe.clusterconfig.certificates.ReceivedCertificates;
import dev.troupe.clusterconfig.configuration.ConfigurationFile;
import dev.troupe.clusterconfig.configuration.MemberConfiguration;
import dev.troupe.clusterconfig.instance.DataDirectoryLock;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.InstanceFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.json.JsonMapper;

/// The `troupe` command with members that only look like some: what they are told they take, and
/// they say that they serve. Commands are tried with it that start, watch and stop members.
final class StandInProgram {

  /// A test that fails must leave nothing behind for ever.
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final char[] NO_PASSWORD = {};

  private StandInProgram() {}

  public static void main(String[] words) throws Exception {
    if (words[0].equals("member")) {
      run(ConfigurationFile.read(Path.of(words[2])));
    } else {
      TroupeCommand.run(StandInProgram.class, Extension.NONE, words);
    }
  }

  private static void run(MemberConfiguration told) throws Exception {
    if (Files.exists(told.data().resolve("wrong"))) {
      System.err.println("troupe: its configuration is wrong");
      System.exit(2);
    }
    var lock = DataDirectoryLock.acquire(told.data()).orElseThrow();
    var file = InstanceFile.in(told.data());
    var starting = Instance.starting(told.nodes());
    file.write(starting);
    var certificates =
        new ReceivedCertificates(told.certificates(), InstantSource.system())
            .read(told.place().host());
    serve(told, certificates);
    var serving = starting.serving("https://%s:%d".formatted(told.api().host(), told.api().port()));
    file.write(serving);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              file.write(serving.stopping());
              file.delete();
              System.out.println("left");
              Runtime.getRuntime().halt(0);
            }));
    Thread.sleep(LONGEST);
    lock.close();
  }

  private static void serve(MemberConfiguration told, MemberCertificates certificates)
      throws Exception {
    var server =
        HttpsServer.create(
            new InetSocketAddress(InetAddress.ofLiteral(told.api().bindHost()), told.api().port()),
            0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(certificates)));
    server.createContext("/readyz", exchange -> answer(exchange, "ok"));
    var overview = overview(told);
    server.createContext("/troupe/status", exchange -> answer(exchange, overview));
    server.start();
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /// Each of the members has one partition.
  private static String overview(MemberConfiguration told) {
    var json = JsonMapper.shared().createObjectNode().put("seenBy", told.place().address());
    var members = json.putArray("members");
    var partitions = json.putArray("partitions");
    for (var address : told.discovery().getStringList("static")) {
      members.addObject().put("address", address).put("status", "up");
      partitions
          .addObject()
          .put("partition", "pods#" + partitions.size())
          .put("owner", address)
          .put("serving", true)
          .put("epoch", 1)
          .put("resources", 7)
          .put("version", "8");
    }
    return json.toString();
  }

  private static SSLContext tls(MemberCertificates certificates)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own",
        certificates.server().key(),
        NO_PASSWORD,
        new Certificate[] {certificates.server().certificate(), certificates.authority()});
    var keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, NO_PASSWORD);
    var context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
