// Lets JabRef check a BibTeX file, as its menu Quality does, in both of its modes: see tests/test_cite.py.

import java.nio.file.Files;
import java.nio.file.Path;
import net.sf.jabref.Globals;
import net.sf.jabref.logic.importer.fileformat.BibtexParser;
import net.sf.jabref.logic.integrity.IntegrityCheck;
import net.sf.jabref.model.database.BibDatabaseContext;
import net.sf.jabref.model.database.BibDatabaseMode;
import net.sf.jabref.preferences.JabRefPreferences;

public class JabRefCheck {
    public static void main(String[] arguments) throws Exception {
        var preferences = Globals.prefs = JabRefPreferences.getInstance();
        for (var mode : BibDatabaseMode.values()) {
            var read = BibtexParser.parse(Files.newBufferedReader(Path.of(arguments[0])), preferences.getImportFormatPreferences());
            var context = new BibDatabaseContext(read.getDatabase(), read.getMetaData());
            context.setMode(mode);
            System.out.println(mode + "\t" + read.getDatabase().getEntryCount() + "\t" + read.warnings());
            var check = new IntegrityCheck(context, preferences.getFileDirectoryPreferences(), preferences.getBibtexKeyPatternPreferences());
            for (var fault : check.checkBibtexDatabase()) {
                System.out.println(mode + "\t" + fault.getFieldName() + "\t" + fault.getMessage());
            }
        }
    }
}
