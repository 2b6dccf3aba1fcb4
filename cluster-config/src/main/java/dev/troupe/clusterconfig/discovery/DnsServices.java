package dev.troupe.clusterconfig.discovery;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/// Members that are the SRV records of one name: each is a host and a port.
final class DnsServices implements Seeds {

  /// Those of the machine: what `/etc/resolv.conf` names.
  static final String SYSTEM_SERVERS = "dns:";

  /// The first answer is waited for so long, the second twice as long.
  private static final String FIRST_WAIT_MILLIS = "1000";

  private static final String TRIES = "2";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  private final String name;
  private final String servers;

  /// @param servers as a URL of JNDI
  /// @throws IllegalArgumentException if it is no name
  DnsServices(String name, String servers) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of the DNS");
    }
    this.name = name;
    this.servers = servers;
  }

  @Override
  public CompletionStage<List<String>> find() {
    return Lookup.of(this::records);
  }

  /// The name is one of the DNS and can be no URL: no other service of JNDI is reached by it.
  @SuppressWarnings("BanJNDI")
  private List<String> records() {
    try {
      var context = context();
      try {
        return read(context.getAttributes(name, new String[] {"SRV"}).get("SRV"));
      } finally {
        context.close();
      }
    } catch (NameNotFoundException none) {
      throw new LookupFailedException("there is no name " + name + " in the DNS", none);
    } catch (NamingException failure) {
      throw new LookupFailedException(
          "the SRV records of " + name + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  @SuppressWarnings("JdkObsolete") // JNDI wants it.
  private DirContext context() throws NamingException {
    var environment = new Hashtable<String, String>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, servers);
    environment.put("com.sun.jndi.dns.timeout.initial", FIRST_WAIT_MILLIS);
    environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
    return new InitialDirContext(environment);
  }

  private List<String> read(@Nullable Attribute records) throws NamingException {
    var seeds = new ArrayList<String>();
    if (records != null) {
      for (int i = 0; i < records.size(); i++) {
        seeds.add(seed(String.valueOf(records.get(i))));
      }
    }
    return seeds;
  }

  /// @param record priority, weight, port and host
  private String seed(String record) {
    var words = record.split(" ");
    if (words.length != 4) {
      throw new LookupFailedException(name + " has an SRV record that is none: " + record, null);
    }
    var host = words[3].endsWith(".") ? words[3].substring(0, words[3].length() - 1) : words[3];
    return host + ":" + words[2];
  }
}
