package dev.troupe.runtime.gateway.format;

import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.wire.MalformedException;
import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireWriter;

/// What is wanted of a resource. Bodies travel as JSON.
final class MutationFormat {

  // A number is for ever: a variant that is gone keeps its own.
  private static final int CREATE = 1;
  private static final int UPDATE = 2;
  private static final int PATCH = 3;
  private static final int MERGE = 4;
  private static final int DELETE = 5;
  private static final int APPLY = 6;
  private static final int DECIDED = 7;

  private MutationFormat() {}

  static void request(WireWriter out, MutationRequest request) {
    Parts.key(out, request.key());
    out.text(request.apiVersion());
    out.text(request.subresource().name());
    mutation(out, request.mutation());
    options(out, request.options());
    facts(out, request.facts());
  }

  static MutationRequest request(WireReader in) {
    return new MutationRequest(
        Parts.key(in),
        in.text(),
        Subresources.named(in.text()),
        mutation(in),
        options(in),
        facts(in));
  }

  private static void mutation(WireWriter out, Mutation mutation) {
    switch (mutation) {
      case Mutation.Create(var object) -> {
        out.octet(CREATE);
        Parts.json(out, object);
      }
      case Mutation.Update(var object) -> {
        out.octet(UPDATE);
        Parts.json(out, object);
      }
      case Mutation.Patch(var type, var patch) -> {
        out.octet(PATCH);
        out.name(type);
        Parts.json(out, patch);
      }
      case Mutation.Merge(var planned) -> {
        out.octet(MERGE);
        Parts.json(out, planned);
      }
      case Mutation.Apply(var object, var force, var completed) -> {
        out.octet(APPLY);
        Parts.json(out, object);
        out.flag(force);
        out.optional(completed, Parts::json);
      }
      case Mutation.Decided(var object, var effect) -> {
        out.octet(DECIDED);
        Parts.json(out, object);
        out.name(effect);
      }
      case Mutation.Delete(var options) -> {
        out.octet(DELETE);
        delete(out, options);
      }
    }
  }

  private static Mutation mutation(WireReader in) {
    int variant = in.octet();
    return switch (variant) {
      case CREATE -> new Mutation.Create(Parts.object(in));
      case UPDATE -> new Mutation.Update(Parts.object(in));
      case PATCH -> new Mutation.Patch(in.name(PatchType.class), Parts.json(in));
      case MERGE -> new Mutation.Merge(Parts.object(in));
      case APPLY -> new Mutation.Apply(Parts.object(in), in.flag(), in.optional(Parts::object));
      case DECIDED -> new Mutation.Decided(Parts.object(in), in.name(Mutation.Effect.class));
      case DELETE -> new Mutation.Delete(delete(in));
      default -> throw new MalformedException("no mutation has the number " + variant);
    };
  }

  private static void delete(WireWriter out, DeleteOptions options) {
    out.optional(options.gracePeriodSeconds(), WireWriter::number);
    out.optional(options.propagationPolicy(), WireWriter::text);
    out.optional(options.orphanDependents(), WireWriter::flag);
    out.optional(options.preconditionUid(), WireWriter::text);
    out.optional(options.preconditionResourceVersion(), WireWriter::text);
  }

  private static DeleteOptions delete(WireReader in) {
    return new DeleteOptions(
        in.optional(WireReader::number),
        in.optional(WireReader::text),
        in.optional(WireReader::flag),
        in.optional(WireReader::text),
        in.optional(WireReader::text));
  }

  private static void options(WireWriter out, Options options) {
    out.name(options.fieldValidation());
    out.flag(options.dryRun());
    out.text(options.fieldManager());
    out.list(options.duplicateFields(), WireWriter::text);
    out.flag(options.ownersSettled());
  }

  private static Options options(WireReader in) {
    return new Options(
        in.name(FieldValidation.class),
        in.flag(),
        in.text(),
        in.list(1, WireReader::text),
        in.flag());
  }

  private static void facts(WireWriter out, Facts facts) {
    Parts.moment(out, facts.now());
    out.text(facts.newUid());
    out.optional(facts.namespaceUid(), WireWriter::text);
  }

  private static Facts facts(WireReader in) {
    return new Facts(Parts.moment(in), in.text(), in.optional(WireReader::text));
  }
}
