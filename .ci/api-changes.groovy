// The constructors of configuration records are not API: each new option changes one.
jApiClasses.findAll { it.superclass.superclassNew == 'java.lang.Record' && !it.fullyQualifiedName.startsWith('io.etlkit.api.') }
        .each { it.constructors.clear() }
return jApiClasses
