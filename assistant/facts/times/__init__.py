"""Days and ages: since when the firm is there, until when a certificate holds, and when the project will be done.

`read` gives each date and length of a message the word that it belongs to, `by_itself` tells whether one answers what was
asked; of these `tenure` (`reached`, `bare_day`) reads the registration, `validity` the certificate's last day, `completion` the project.
"""
