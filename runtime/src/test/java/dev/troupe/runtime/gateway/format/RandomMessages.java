package dev.troupe.runtime.gateway.format;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.Details;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.Sought;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.GatewayMessage.Got;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListPart;
import dev.troupe.runtime.gateway.message.GatewayMessage.Write;
import dev.troupe.runtime.gateway.message.GatewayMessage.WriteAnswered;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.trace.TraceContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Letters that anybody could send, by chance.
final class RandomMessages {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// Of every length in UTF-8, and such as are escaped in JSON.
  private static final int[] POINTS = {'a', 'Z', '/', '"', '\\', 0, '\n', 0xE9, 0x20AC, 0x1F3AD};

  private static final int MOST_DIGITS = 900;

  private final Random random;

  RandomMessages(long seed) {
    random = new Random(seed);
  }

  Letter write() {
    return letter(
        new Write(
            partition(),
            maybe(() -> new HostIdentity(partition(), number())),
            new MutationRequest(
                key(), text(), one(Subresources.ALL), mutation(), options(), facts()),
            cause(),
            text(),
            number(),
            Duration.ofSeconds(random.nextInt(100_000), random.nextInt(1_000_000_000)),
            maybe(this::trace)));
  }

  Letter answer() {
    return letter(new WriteAnswered(reply(), random.nextBoolean(), number()));
  }

  Letter got() {
    return letter(new Got(maybe(this::resource), number()));
  }

  private TraceContext trace() {
    return new TraceContext(random.nextLong(), random.nextLong() | 1, random.nextLong() | 1);
  }

  private StoredResource resource() {
    return new StoredResource(key(), text(), number(), bytes(), textMap(), textMap(), texts());
  }

  Letter part() {
    var items = few().mapToObj(_ -> resource()).toList();
    return letter(new ListPart(number(), random.nextInt(1000), items, random.nextBoolean()));
  }

  Letter list() {
    var partition = partition();
    var query =
        new ListQuery(
            partition.collection(),
            maybe(this::text),
            maybe(this::text),
            maybe(() -> new Position(text(), text())),
            maybe(() -> new Sought(few().mapToObj(_ -> random.ints(3).toArray()).toList())),
            random.nextLong());
    return letter(new ListAsked(partition, query, random.nextBoolean()));
  }

  private Letter letter(GatewayMessage message) {
    return new Letter(new MemberId(text(), random.nextLong()), number(), message);
  }

  private Mutation mutation() {
    return switch (random.nextInt(6)) {
      case 0 -> new Mutation.Create(object());
      case 1 -> new Mutation.Update(object());
      case 2 -> new Mutation.Patch(one(PatchType.values()), json(4));
      case 3 -> new Mutation.Merge(object());
      case 4 -> new Mutation.Apply(object(), random.nextBoolean(), maybe(this::object));
      default ->
          new Mutation.Delete(
              new DeleteOptions(
                  maybe(random::nextLong),
                  maybe(this::text),
                  maybe(random::nextBoolean),
                  maybe(this::text),
                  maybe(this::text)));
    };
  }

  private Options options() {
    return new Options(
        one(FieldValidation.values()), random.nextBoolean(), text(), texts(), random.nextBoolean());
  }

  private Facts facts() {
    var now = Instant.ofEpochSecond(random.nextLong(1L << 36) - (1L << 35), random.nextInt(1000));
    return new Facts(now, text(), maybe(this::text));
  }

  private WriteCause cause() {
    return new WriteCause(
        one(WriteCause.Kind.values()), text(), text(), text(), maybe(this::key), number());
  }

  private WriteReply reply() {
    return switch (random.nextInt(3)) {
      case 0 ->
          new WriteReply.Written(one(WriteReply.Outcome.values()), bytes(), number(), texts());
      case 1 -> new WriteReply.Removed(bytes(), number(), texts());
      default ->
          new WriteReply.Refused(
              new Refusal(
                  one(StatusReason.values()), text(), maybe(this::details), random.nextInt(100)));
    };
  }

  private Details details() {
    var causes =
        few().mapToObj(_ -> new FieldCause(one(CauseType.values()), text(), text())).toList();
    return new Details(text(), text(), text(), text(), causes);
  }

  private PartitionId partition() {
    return new PartitionId(type(), random.nextInt(256));
  }

  private ResourceKey key() {
    return new ResourceKey(type(), text(), text());
  }

  private TypeRef type() {
    return new TypeRef(text(), "p" + text());
  }

  ObjectNode object() {
    return object(4);
  }

  private ObjectNode object(int depth) {
    var object = NODES.objectNode();
    few().forEach(_ -> object.set(text(), json(depth - 1)));
    return object;
  }

  private JsonNode json(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 8)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt());
      case 3 -> NODES.numberNode((1L << 31) + random.nextInt(Integer.MAX_VALUE));
      case 4 -> NODES.numberNode(integer());
      case 5 -> NODES.numberNode(decimal());
      case 6, 7 -> NODES.stringNode(text());
      case 8 -> object(depth);
      default -> {
        var array = NODES.arrayNode();
        few().forEach(_ -> array.add(json(depth - 1)));
        yield array;
      }
    };
  }

  /// Of more than 64 bits.
  private BigInteger integer() {
    var digits = digits(random.nextInt(20, MOST_DIGITS));
    return new BigInteger((random.nextBoolean() ? "-1" : "1") + digits);
  }

  private BigDecimal decimal() {
    var digits = digits(random.nextInt(1, 30)) + "." + digits(random.nextInt(1, 30));
    return new BigDecimal(
        random.nextBoolean() ? "1" + digits : "-1" + digits + "E" + random.nextInt(-999, 999));
  }

  private String digits(int count) {
    return random
        .ints(count, '0', '9' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private String text() {
    int length = random.nextInt(20) == 0 ? random.nextInt(1000) : random.nextInt(8);
    return random
        .ints(length, 0, POINTS.length)
        .map(index -> POINTS[index])
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private long number() {
    return random.nextLong() >>> random.nextInt(64);
  }

  private byte[] bytes() {
    var bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private List<String> texts() {
    return few().mapToObj(_ -> text()).toList();
  }

  private Map<String, String> textMap() {
    var map = new LinkedHashMap<String, String>();
    few().forEach(_ -> map.put(text(), text()));
    return map;
  }

  private IntStream few() {
    return IntStream.range(0, random.nextInt(4));
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  static Stream<Letter> of(long seed) {
    var random = new RandomMessages(seed);
    return Stream.of(random.write(), random.answer(), random.got(), random.part(), random.list());
  }
}
