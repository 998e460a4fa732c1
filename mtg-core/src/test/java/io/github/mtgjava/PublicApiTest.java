package io.github.mtgjava;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.transport.nio.EventLoop;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What modules export mentions nothing that they keep to themselves, and no module that its users would have to require; so what
 * mtg-core exports knows nothing of mtg-transport and mtg-crypto, which may change with every version.
 * The compiler's own lint for this ("exports") is off: it also wants JSpecify's annotations in the hands of every user.
 */
class PublicApiTest {

    private static final Set<String> PACKAGES = Exported.packages();
    private static final int CORE = 2;

    @Test
    void looksAtAllModules() {
        assertThat(PACKAGES)
                .contains(
                        AesCtr.class.getPackageName(),
                        EventLoop.class.getPackageName(),
                        MtProxy.class.getPackageName());
    }

    @Test
    void nothingExportedMentionsWhatIsNot() {
        // What the JDK's classes are made of does not matter here, and reading them takes long.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        List<Location> modules =
                Exported.modules().stream().map(PublicApiTest::location).toList();
        assertThat(leaks(new ClassFileImporter().importLocations(modules))).isEmpty();
    }

    @Test
    void noticesALeak() {
        assertThat(leaks(new ClassFileImporter().importClasses(Leaking.class)))
                .hasSize(3)
                .allMatch(leak -> leak.endsWith(" mentions " + Hidden.class.getName())
                        || leak.endsWith(" mentions " + AesCtr.class.getName()));
    }

    /** A module is a folder while it is compiled alone, and a jar in a whole build. */
    private static Location location(Path module) {
        return Location.of(Files.isDirectory(module) ? module.toUri() : URI.create("jar:" + module.toUri() + "!/"));
    }

    /** Returns what is mentioned by types and members that users see, and is not for them. */
    private static List<String> leaks(JavaClasses classes) {
        List<String> leaks = new ArrayList<>();
        for (JavaClass type : classes) {
            if (isVisible(type)) {
                addLeaks(leaks, type, type.getName(), mentionedBy(type));
                type.getMembers().stream()
                        .filter(PublicApiTest::isForUsers)
                        .forEach(member -> addLeaks(leaks, type, member.getFullName(), mentionedBy(member)));
            }
        }
        return leaks;
    }

    private static void addLeaks(List<String> leaks, JavaClass owner, String name, Stream<JavaClass> mentioned) {
        mentioned
                .filter(type -> !isForUsersOf(owner, type))
                .forEach(type -> leaks.add(name + " mentions " + type.getName()));
    }

    /** A parent that only its package sees is no leak: it may hold what two types of the package have in common. */
    private static Stream<JavaClass> mentionedBy(JavaClass type) {
        return Stream.of(
                        type.getSuperclass().stream(), type.getInterfaces().stream(), type.getTypeParameters().stream())
                .flatMap(types -> types)
                .flatMap(mentioned -> ((JavaType) mentioned).getAllInvolvedRawTypes().stream())
                .filter(mentioned -> !mentioned.getPackageName().equals(type.getPackageName()));
    }

    private static Stream<JavaClass> mentionedBy(JavaMember member) {
        Stream<JavaClass> thrown =
                member instanceof JavaCodeUnit unit ? unit.getExceptionTypes().stream() : Stream.empty();
        Stream<JavaClass> annotations = member.getAnnotations().stream().map(JavaAnnotation::getRawType);
        return Stream.of(member.getAllInvolvedRawTypes().stream(), thrown, annotations)
                .flatMap(types -> types);
    }

    private static boolean isForUsers(JavaMember member) {
        return isOpen(member.getModifiers()) && !member.getModifiers().contains(SYNTHETIC);
    }

    private static boolean isVisible(JavaClass type) {
        return isOpen(type.getModifiers())
                && PACKAGES.contains(type.getPackageName())
                && type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
    }

    /** Which module it is of: those above require the ones below, and mtg-transport passes mtg-crypto on. */
    private static int layer(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith("io.github.mtgjava.crypto")
                ? 0
                : name.startsWith("io.github.mtgjava.transport") ? 1 : CORE;
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return modifiers.contains(PUBLIC) || modifiers.contains(PROTECTED);
    }

    /** Theirs already: what every module reads, what is exported to them, and Micrometer in the hands of who uses it. */
    private static boolean isForUsersOf(JavaClass owner, JavaClass mentioned) {
        JavaClass type = mentioned.getBaseComponentType();
        return type.isPrimitive()
                || isVisible(type) && layer(type) <= layer(owner) && (layer(owner) < CORE || layer(type) == CORE)
                || Object.class.getModule().isExported(type.getPackageName())
                || type.getPackageName().startsWith("io.micrometer.core.");
    }
}
