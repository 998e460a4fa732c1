package io.github.mtgjava;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** No public or protected member of a class, nor its supertypes, mention a hidden type, also not as type arguments. */
final class ShowNothingOf extends ArchCondition<JavaClass> {

    private final DescribedPredicate<? super JavaClass> hidden;

    ShowNothingOf(DescribedPredicate<? super JavaClass> hidden) {
        super("show nothing of what does " + hidden.getDescription());
        this.hidden = hidden;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .forEach(supertype -> judge(type, type.getDescription(), supertype, events));
        for (JavaMember member : type.getMembers()) {
            if (isVisible(member)) {
                types(member).forEach(mentioned -> judge(type, member.getDescription(), mentioned, events));
            }
        }
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getThrowsClause().getTypes().stream())
                .flatMap(types -> types);
    }

    private void judge(JavaClass type, String where, JavaType mentioned, ConditionEvents events) {
        mentioned.getAllInvolvedRawTypes().stream()
                .filter(hidden)
                .map(shown -> where + " shows " + shown.getName())
                .forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
    }
}
