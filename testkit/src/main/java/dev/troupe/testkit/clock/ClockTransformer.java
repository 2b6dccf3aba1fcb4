package dev.troupe.testkit.clock;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets classes ask [ShiftedClock] wherever they ask the system for the time. What writes the log
/// is told the real time, so that logs of several processes can be put together.
final class ClockTransformer implements ClassFileTransformer {

  private static final ClassDesc SHIFTED = ClassDesc.of("dev.troupe.testkit.clock.ShiftedClock");
  private static final String LOGGING = "ch/qos/logback/";

  private static final MethodTypeDesc LONGS =
      MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_long);
  private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");

  /// A call that is followed by another one.
  ///
  /// @param owner the class that is called
  /// @param name the method that is called
  /// @param then the method of ours that gets what it answers
  private record Call(String owner, String name, String then, MethodTypeDesc type) {

    private boolean is(InvokeInstruction invocation) {
      return invocation.name().equalsString(name)
          && invocation.owner().asInternalName().equals(owner);
    }

    private boolean isIn(byte[] bytes) {
      return contains(bytes, name.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static final List<Call> CALLS =
      List.of(
          new Call("java/lang/System", "currentTimeMillis", "millis", LONGS),
          new Call("jdk/internal/misc/VM", "getNanoTimeAdjustment", "adjustment", LONGS));

  private static final List<Call> CALLS_OF_LOGS =
      List.of(new Call("java/time/Clock", "instant", "real", MethodTypeDesc.of(INSTANT, INSTANT)));

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (name == null) {
      return null;
    }
    var calls = name.startsWith(LOGGING) ? CALLS_OF_LOGS : CALLS;
    if (calls.stream().noneMatch(call -> call.isIn(bytes))) {
      return null;
    }
    try {
      return transformed(bytes, calls);
    } catch (RuntimeException unreadable) {
      return null; // It asks for the real time.
    }
  }

  private static byte[] transformed(byte[] bytes, List<Call> calls) {
    var file = ClassFile.of();
    return file.transformClass(
        file.parse(bytes),
        ClassTransform.transformingMethodBodies(
            method -> asks(method, calls), (code, element) -> follow(code, element, calls)));
  }

  private static boolean asks(MethodModel method, List<Call> calls) {
    return method.code().filter(code -> asks(code, calls)).isPresent();
  }

  private static boolean asks(CodeModel code, List<Call> calls) {
    return code.elementStream()
        .anyMatch(element ->
            element instanceof InvokeInstruction invocation
                && calls.stream().anyMatch(call -> call.is(invocation)));
  }

  private static void follow(CodeBuilder code, CodeElement element, List<Call> calls) {
    code.with(element);
    if (element instanceof InvokeInstruction invocation) {
      calls.stream()
          .filter(call -> call.is(invocation))
          .findFirst()
          .ifPresent(call -> code.invokestatic(SHIFTED, call.then(), call.type()));
    }
  }

  private static boolean contains(byte[] bytes, byte[] word) {
    for (int i = 0; i <= bytes.length - word.length; i++) {
      int j = 0;
      while (j < word.length && bytes[i + j] == word[j]) {
        j++;
      }
      if (j == word.length) {
        return true;
      }
    }
    return false;
  }
}
